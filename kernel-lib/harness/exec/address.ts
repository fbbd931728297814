/** Subnet of the instances of harness `exec`: addresses of the loopback interface. */
export const subnet = '127.1.0.0/16'

/** An address of the subnet that is no instance's, with the subnet's length. */
export const subnetAddress = '127.1.0.1/16'

/** Position of the last instance that has an address of its own. */
export const lastSeq = 254 * 256 + 255

/** Address of the instance at position `seq` (from 1), where Testground's plans compute it: `127.1.1.1` for the first. */
export function addressOf(seq: number): string {
  return `127.1.${(seq >> 8) + 1}.${seq & 255}`
}
