import type { Shape } from './shape.ts'

/** Size of a full packet on the wire, bits: 1,500 bytes and Ethernet's header. */
const packetBits = 1_514 * 8
/** netem's own default, and with it Testground's: room for what waits for the bandwidth. Packets. */
const room = 1_000
/** Where the bandwidth is not limited: 100 ms of full packets at 12 Gbit/s, and every socket's buffer before that. Packets. */
const boundless = 100_000
/** Shortest time that a queue holds at the link's bandwidth where nothing is delayed. ms. */
const leastMs = 100

/** Packets that netem holds: full ones that are under way at this bandwidth (bandwidth × (latency + jitter) / 12,112 bits), and room for 1,000 that wait; 100,000 where the bandwidth is unlimited. */
export function netemLimit({ bandwidthBps, latencyMs, jitterMs }: Shape): number {
  return bandwidthBps === 0 ? boundless : packets(bandwidthBps, latencyMs + jitterMs) + room
}

/** Packets that wait for the bandwidth where nothing delays them in the kernel: as many full ones as pass in the latency, or in 100 ms where that is longer; never under 1,000. */
export function fifoLimit({ bandwidthBps, latencyMs }: Shape): number {
  return Math.max(room, packets(bandwidthBps, Math.max(leastMs, latencyMs)))
}

function packets(bandwidthBps: number, ms: number): number {
  return Math.ceil((bandwidthBps * ms) / 1000 / packetBits)
}
