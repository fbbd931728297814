import type { RunSpec } from '../composition/spec.ts'
import type { PlanEvent } from '../harness/harness.ts'
import type { Artifact, InstanceRecord, RunRecord } from './record.ts'

/** What happens in a run, in the order in which it does. */
export type RunEvent =
  | {
      readonly kind: 'run-started'
      readonly atMs: number
      readonly run: string
      readonly folder: string
      readonly harness: string
      readonly spec: RunSpec
      readonly specHash: string
      /** The composition as TOML, as it stands in the run's folder. */
      readonly source: string
    }
  /** Something that the user should know, in one line; it ends nothing. May be told before the run has started. */
  | { readonly kind: 'notice'; readonly atMs: number; readonly text: string }
  /** How far a simulation's own time is; told now and then, and never where instances have the machine's time. */
  | { readonly kind: 'clock'; readonly atMs: number; readonly virtualMs: number }
  /** How much is made of something that instances wait for, as `identities`; told now and then. */
  | {
      readonly kind: 'making'
      readonly atMs: number
      readonly what: string
      readonly done: number
      readonly of: number
    }
  | { readonly kind: 'started'; readonly atMs: number; readonly group: string; readonly index: number }
  | {
      readonly kind: 'plan'
      readonly atMs: number
      readonly group: string
      readonly index: number
      readonly event: PlanEvent
    }
  /** A file of an instance that has ended, whole; told before the instance's end is. */
  | { readonly kind: 'wrote'; readonly atMs: number; readonly artifact: Artifact }
  | { readonly kind: 'ended'; readonly atMs: number; readonly instance: InstanceRecord }
  /** Told last; the record is on disk. */
  | { readonly kind: 'run-ended'; readonly atMs: number; readonly record: RunRecord; readonly folder: string }

/** Told of everything that happens in a run, one event after the other: the next only after the promise for the last was kept. */
export type Observer = (event: RunEvent) => void | Promise<void>

/** Tells several observers, each at its own pace. */
export interface Audience {
  tell(event: RunEvent): void
  /** Resolves when every observer has heard everything. */
  heard(): Promise<void>
}

/** Gathers observers. One that throws is told nothing more, and a warning of the process says so: a run is not lost over who watches it. */
export function audience(observers: readonly Observer[]): Audience {
  const seats = observers.map((observer) => ({ observer, last: Promise.resolve(), gone: false }))
  return {
    tell(event) {
      for (const seat of seats)
        seat.last = seat.last.then(async () => {
          if (seat.gone) return
          try {
            await seat.observer(event)
          } catch (error) {
            seat.gone = true
            process.emitWarning(`an observer failed at "${event.kind}" and is told nothing more of this run: ${error}`)
          }
        })
    },
    async heard() {
      await Promise.all(seats.map((seat) => seat.last))
    },
  }
}
