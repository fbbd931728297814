/** What a datagram weighs on the wire beside its own bytes: the headers of UDP, IP and Ethernet. */
export const headerBytes = 8 + 20 + 14

const largest = 1400
const smallest = 64
/** Datagrams in a second at least, so that a rate can be told from them. */
const enough = 200

/** Size of the datagrams of a flood: full ones, or smaller where a second would hold but few. */
export function datagramBytes(offeredBps: number): number {
  const fit = Math.floor(offeredBps / 8 / enough) - headerBytes
  return Math.max(smallest, Math.min(largest, fit))
}
