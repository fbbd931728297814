import type { InfluxServer } from './server.ts'

/** What became of points. */
export interface Shipped {
  /** Lines that the server took, those that a process before us left included. */
  readonly taken: number
  /** Lines sent in requests of which the server refused a part or all. */
  readonly refused: number
  /** What it said of them, each once. */
  readonly problems: readonly string[]
  /** Bytes that wait on disk. */
  readonly waitingBytes: number
  /** Why they wait; empty where nothing stands in the way. */
  readonly standsInTheWay: string
  /** Null while it was never reached. */
  readonly server: InfluxServer | null
}
