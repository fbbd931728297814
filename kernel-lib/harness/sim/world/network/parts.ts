import type { VirtualTime } from '../time/virtual-time.ts'
import type { Host } from './host.ts'
import type { NetworkLog } from './log.ts'
import type { Paths } from './paths.ts'

/** What a network is made of. */
export interface NetworkParts {
  readonly time: VirtualTime
  readonly paths: Paths
  readonly log: NetworkLog
  /** The host with an address, if there is one. */
  readonly hostAt: (address: string) => Host | undefined
  /** Calls when a host whose node is made by who dials it is ready to answer; at once for any other. */
  readonly ready: (host: Host, then: () => void) => void
  /** Whether hosts of the public network can dial it. */
  readonly isReachable: (host: Host) => boolean
  /** The address that `to` sees of `from`. */
  readonly seenAs: (from: Host, to: Host) => string
}
