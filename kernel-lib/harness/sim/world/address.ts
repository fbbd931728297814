/** Address of the instance at position `seq` (from 1) in the simulated network: 10.0.0.1 is the first's. */
export function addressOf(seq: number): string {
  return `10.${(seq >> 16) & 255}.${(seq >> 8) & 255}.${seq & 255}`
}

/** The position whose address this is; null for an address of another network. */
export function seqOf(address: string): number | null {
  const parts = address.split('.').map(Number)
  const [net, high, middle, low] = parts as [number, number, number, number]
  return parts.length === 4 && net === 10 ? high * 65_536 + middle * 256 + low : null
}

/** Position of the last node that has an address. */
export const lastSeq = 2 ** 24 - 2

/** Subnet of the addresses. */
export const subnet = '10.0.0.0/8'
