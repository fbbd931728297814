import type { Params } from '@hoplab/sdk'

/** A link between instances as asked for; zero means unshaped. */
export interface LinkShape {
  readonly latencyMs: number
  readonly jitterMs: number
  /** Bits per second; 0 is unlimited. */
  readonly bandwidthBps: number
  /** Share of packets lost, 0 to 1. */
  readonly loss: number
}

/** Instances that are alike. */
export interface GroupSpec {
  readonly id: string
  readonly count: number
  /** Role given to the program; empty where the composition gives none. */
  readonly role: string
  /** Version of the implementation, by a name that the plan offers; empty is the plan's own. */
  readonly version: string
  /** Every parameter of the case, typed, defaults filled in. */
  readonly params: Params
}

/** An experiment with nothing left to decide: a pure function of composition and manifest. Addresses, ports, paths and digests are placement and stand in the record. */
export interface RunSpec {
  readonly schema: 'hoplab/spec/1'
  readonly plan: string
  readonly case: string
  readonly seed: number
  /** At least one; their counts sum to the number of instances. */
  readonly groups: readonly GroupSpec[]
  /** Shape of every link; null leaves the harness's network as it is. */
  readonly network: LinkShape | null
  /** An instance that has not ended after this long is ended and judged `timeout`. */
  readonly timeoutMs: number
}
