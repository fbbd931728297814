/** Address of the instance at position `seq` (from 1) in the simulated network: 10.0.0.1 is the first's. */
export function addressOf(seq: number): string {
  return `10.${(seq >> 16) & 255}.${(seq >> 8) & 255}.${seq & 255}`
}

/** Position of the last instance that has an address. */
export const lastSeq = 2 ** 24 - 2

/** Subnet of the addresses. */
export const subnet = '10.0.0.0/8'
