import type { Params } from '@hoplab/sdk'
import type { WarmStart } from './start/start.ts'
import type { GroupWorld } from './world/life.ts'
import type { Topology } from './world/topology.ts'

/** What happens to each packet that an instance sends on its data network, as asked for; zero means unshaped. */
export interface LinkShape {
  /** How much later a packet arrives, one way. */
  readonly latencyMs: number
  /** Each packet is late by a time drawn uniformly from `latencyMs` ± `jitterMs`, never under 0, as netem does without a distribution table; packets may overtake each other. */
  readonly jitterMs: number
  /** Bits per second; 0 is unlimited. */
  readonly bandwidthBps: number
  /** Share of packets lost, 0 to 1. */
  readonly loss: number
  /** Share of packets with one bit flipped, 0 to 1. */
  readonly corrupt: number
  /** Share of packets that are not delayed and so overtake others, 0 to 1; more than 0 only with a latency. */
  readonly reorder: number
  /** Share of packets that arrive twice, 0 to 1. */
  readonly duplicate: number
}

/** Nodes that are alike. */
export interface GroupSpec extends GroupWorld {
  readonly id: string
  readonly count: number
  /** Whether they run the program, as instances with an outcome and a folder; others are nodes of the population alone, which a warm start has. */
  readonly program: boolean
  /** Role given to the program; empty where the composition gives none. */
  readonly role: string
  /** Version of the implementation, by a name that the plan offers; empty is the plan's own. */
  readonly version: string
  /** Every parameter of the case, typed, defaults filled in. */
  readonly params: Params
}

/** An experiment with nothing left to decide: a pure function of composition and manifest. Addresses, ports, paths and digests are placement and stand in the record. */
export interface RunSpec {
  readonly schema: 'hoplab/spec/4'
  readonly plan: string
  readonly case: string
  readonly seed: number
  /** At least one that runs the program; their counts sum to the number of nodes. */
  readonly groups: readonly GroupSpec[]
  /** Shape of every link; null leaves the harness's network as it is. */
  readonly network: LinkShape | null
  /** What differs from link to link and from time to time. */
  readonly topology: Topology
  /** Null begins cold: nodes join as the program has them. */
  readonly start: WarmStart | null
  /** An instance that has not ended after this long is ended and judged `timeout`. */
  readonly timeoutMs: number
}
