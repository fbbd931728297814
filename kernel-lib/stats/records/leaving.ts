import type { GroupSpec } from '../../composition/spec.ts'
import type { RunRecord } from '../../run/record.ts'
import { mean } from '../sample/mean.ts'
import type { HoldersRow } from './holders.ts'

/** A schedule by which nodes lose what they hold. */
export interface Leaving {
  /** Share of those that run which crashes each time, 0 to 1. */
  readonly share: number
  readonly everyMs: number
}

/** K5 as a schedule lets it be expected. */
export interface ExpectedHolding {
  /** Share of a record's holders that hold it still: (1 − share)^m, m the time since it was provided in periods of the schedule. */
  readonly holding: number
  /** Share of records that a holder still holds: 1 − (1 − (1 − share)^m)^K of K holders. */
  readonly held: number
}

/** The schedule by which all nodes of the runs' populations leave, counted from a run's beginning or that of its measurement; null where some leave in another way, or none does. */
export function leavingOf(records: readonly Pick<RunRecord, 'spec'>[]): Leaving | null {
  const groups = records.flatMap(({ spec }) => spec.groups.filter(({ program }) => !program))
  const [first = null, ...others] = groups.map(leavingOfGroup)
  const isFirst = (each: Leaving | null) => each?.share === first?.share && each?.everyMs === first?.everyMs
  return others.every(isFirst) ? first : null
}

function leavingOfGroup({ life: { session, crashes, from } }: GroupSpec): Leaving | null {
  const inTime = from.ms === 0 && (from.stage === null || from.stage === 'measure')
  return session === null && inTime ? crashes : null
}

/** What a schedule lets expect of records when they were told of, mean over them; null where there are none. Holders are taken to be of the population. */
export function expectedOf(told: readonly HoldersRow[], { share, everyMs }: Leaving): ExpectedHolding | null {
  const each = told.map(({ ts_ms, provided_ms, holders }) => {
    const holding = (1 - share) ** ((ts_ms - provided_ms) / everyMs)
    return { holding, held: 1 - (1 - holding) ** holders }
  })
  const holding = mean(each.map((one) => one.holding))
  const held = mean(each.map((one) => one.held))
  return holding === null || held === null ? null : { holding, held }
}
