import type { Clock, LinkQueue, LinkShape } from '@hoplab/sdk'

/** What one instance's connections share. */
export interface Delays {
  readonly link: LinkShape
  readonly clock: Clock
  /** What the instance sends. */
  readonly queue: LinkQueue
  /** Packets that answer a SYN: they come from another instance, whose queue is not known here. */
  readonly answers: LinkQueue
}
