import type { Host } from './host.ts'

/** What lies between two hosts, as it is at the moment of the question. */
export interface Paths {
  /** How long something that leaves `from` now takes to `to`, one way, ms; a new draw each time where it varies. */
  latencyMs(from: Host, to: Host): number
  /** Bits per second that a host can send; 0 is unlimited. */
  bandwidthBps(from: Host): number
  /** How much later a chunk arrives because parts of it were lost and sent again, ms; 0 where none was. */
  lossMs(from: Host, to: Host, bytes: number): number
  /** Whether nothing passes now. */
  isCut(from: Host, to: Host): boolean
  /** Whether a dial from one reaches the other's listeners; where not, it is swallowed. */
  admits(from: Host, to: Host): boolean
}
