/** What decides how a node is reached, and whether it takes part in circuits. */
export interface RelayOptions {
  /** Announces an address where nobody answers, so that dials to it are refused; it still opens connections itself. */
  readonly undialable: boolean
  /** Passes connections on to nodes that have a place with it, where it can be dialed itself. */
  readonly relayServer: boolean
  /** Where it cannot be dialed, it is reached through this many relays; 0: not at all. A node with 0 that is no relay itself does not dial through relays either. */
  readonly relays: number
  /** A dial that nobody answers is given up after this long. ms */
  readonly dialLimitMs: number
}
