import type { Duration, Moment } from './duration.ts'

/** Address translators between an instance and the others: none, its own, or one behind another. */
export const nats = ['none', 'single', 'double'] as const

/** Who can dial an instance. */
export interface Reach {
  readonly nat: (typeof nats)[number]
  /** Instances of the group that share a router, whole number from 1; 1 where `nat` is `none`. */
  readonly behind: number
  /** Share of the other instances whose dials it takes, 0 to 1, drawn once for each pair. */
  readonly acceptsShare: number
  /** It takes dials for this long, then takes none for `closedMs`, and so on; both are null where it always does. */
  readonly openMs: Duration | null
  readonly closedMs: Duration | null
}

/** Crashes that come in waves. */
export interface Crashes {
  /** Share of the group's instances that are up, 0 to 1, drawn by the seed. */
  readonly share: number
  readonly everyMs: number
}

/** When an instance is up. */
export interface Life {
  /** When it starts, after the run began. */
  readonly join: Duration
  /** It crashes after it was up for that long; null never. */
  readonly session: Duration | null
  /** It starts again that long after a crash; null never. */
  readonly down: Duration | null
  readonly crashes: Crashes | null
  /** Sessions and crashes begin to count then. */
  readonly from: Moment
  /** It comes back at another address. */
  readonly newAddress: boolean
  /** A crash that nobody is told of, as when power is lost, instead of connections that are reset. */
  readonly silent: boolean
}

/** A clock that is not the run's: `skewMs` off when the instance starts, and from then on `driftPpm` millionths too fast. */
export interface OwnClock {
  /** Ahead of the run's clock, drawn for each instance, negative behind it; null is none. */
  readonly skewMs: Duration | null
  readonly driftPpm: number
}

/** What a group's instances meet: where they are, who reaches them, when they are up, what time they have. */
export interface GroupWorld {
  /** One of the topology's regions; empty where instances are dealt to them. */
  readonly region: string
  readonly reach: Reach
  readonly life: Life
  /** Null is the run's own. */
  readonly clock: OwnClock | null
}
