import { lookupRecord } from '@hoplab/sdk'
import type { RunData } from '../../tables/run-data.ts'
import { type Attempt, attempts } from '../lookups/attempts.ts'
import type { Observed } from '../observed/observed.ts'
import { rowsOf } from '../observed/rows.ts'
import { meanSample, shareSample } from '../sample/estimate.ts'
import { mean } from '../sample/mean.ts'
import type { Sample } from '../sample/sample.ts'
import { type HoldersRow, holdersOf, lastHolder } from './holders.ts'
import { type ExpectedHolding, expectedOf, type Leaving, leavingOf } from './leaving.ts'

/** K5 of one interval of time after records were provided. */
export interface AvailabilityAt {
  /** Begin of the interval, s after the run's last provide ended. */
  readonly afterSecs: number
  /** Share of searches begun in it that found a provider. */
  readonly found: Sample
  /** Share of a record's holders that run. */
  readonly alive: Sample
  /** Share of a record's holders that have run ever since it was provided, and hold it still. */
  readonly holding: Sample
  /** Share of records that a holder still holds. */
  readonly held: Sample
  /** 1 − C^K, C the share of all holders that are lost and K their mean number: what `held` is where holders are lost independently; null where nobody told of holders. */
  readonly independent: number | null
  /** What `leaving` lets expect; null where there is no schedule, or nobody told of holders. */
  readonly expected: ExpectedHolding | null
}

/** K5, provider-record availability. */
export interface Availability {
  /** In rising order of time; intervals in which nothing was asked or told are left out. */
  readonly points: readonly AvailabilityAt[]
  /** The schedule by which all nodes of the runs' populations leave; null where there is none. */
  readonly leaving: Leaving | null
  readonly lastHolder: Sample
  /** Searches that never ended, whose time nobody knows. */
  readonly missing: number
}

/** How time is cut. */
export interface AvailabilityOptions {
  /** Length of an interval: `search_every_secs` of the runs. s */
  readonly everySecs: number
}

/**
 * K5, availability of provider records over time, of runs of case find-providers that search in rounds: how many of a record's holders run and how many hold it
 * still, whether any does, and whether searches find it. Time counts from the end of the run's last provide. A holder that crashed and came back runs, and holds nothing any more.
 */
export function availability(
  data: Observed & Pick<RunData, 'names' | 'table'>,
  { everySecs }: AvailabilityOptions,
): Availability {
  const searches = attempts(data, { kind: 'find-providers' })
  const holders = holdersOf(data)
  const since = providedMs(data)
  const bin = (run: string, atMs: number): number =>
    Math.max(0, Math.floor((atMs - (since.get(run) ?? atMs)) / (everySecs * 1000)))
  const asked = binned(
    searches.ended.filter(({ status }) => status !== 'absent'),
    ({ run, start_ms }) => bin(run, start_ms),
  )
  const told = binned(holders, ({ run, ts_ms }) => bin(run, ts_ms))
  const leaving = leavingOf(data.records)
  const bins = [...new Set([...asked.keys(), ...told.keys()])].sort((a, b) => a - b)
  return {
    points: bins.map((each) => ({
      ...pointOf(each * everySecs, asked.get(each) ?? [], told.get(each) ?? []),
      expected: leaving === null ? null : expectedOf(told.get(each) ?? [], leaving),
    })),
    leaving,
    lastHolder: lastHolder(holders),
    missing: searches.missing,
  }
}

function pointOf(
  afterSecs: number,
  asked: readonly Attempt[],
  told: readonly HoldersRow[],
): Omit<AvailabilityAt, 'expected'> {
  const hits = asked.map((each) => ({ ...each, hit: each.status === 'ok' }))
  const failed = hits.filter(({ hit }) => !hit).length
  const held = told.map((each) => ({ ...each, hit: each.holding > 0 }))
  const stored = told.filter(({ holders }) => holders > 0)
  const shareOf = (which: 'alive' | 'holding') =>
    meanSample(
      about[which],
      stored.map((each) => ({ ...each, value: each[which] / each.holders })),
      { ...whole(told.length), missing: told.length - stored.length, of: 'records' },
    )
  const whole = (n: number) => ({ expected: n, failed: 0, missing: 0, censored: 0 })
  const lost = 1 - sum(stored.map(({ holding }) => holding)) / sum(stored.map(({ holders }) => holders))
  const count = mean(stored.map(({ holders }) => holders))
  return {
    afterSecs,
    found: shareSample(about.found, hits, { ...whole(hits.length), failed }),
    alive: shareOf('alive'),
    holding: shareOf('holding'),
    held: shareSample(about.held, held, whole(held.length)),
    independent: count === null ? null : 1 - lost ** count,
  }
}

const about = {
  found: {
    name: 'searches that find the record',
    entry: 'K5',
    definition: 'searches begun in the interval that found a provider / all of them',
    unit: 'share',
  },
  alive: {
    name: 'holders that run',
    entry: 'K5',
    definition: 'holders alive(t) / peers that the record was sent to, mean over records',
    unit: 'share',
  },
  holding: {
    name: 'holders that hold it still',
    entry: 'K5',
    definition:
      'holders with the record(t), which have run since the provide ended / peers that it was sent to, mean over records',
    unit: 'share',
  },
  held: {
    name: 'records that a holder still holds',
    entry: 'K5',
    definition: 'records of which at least one holder has run since the provide ended / all records',
    unit: 'share',
  },
}

/** When the last provide of each run ended; where none did, when its first lookup began. */
function providedMs({ lookups }: Pick<Observed, 'lookups'>): Map<string, number> {
  const rows = rowsOf(lookups, lookupRecord)
  const since = new Map<string, number>()
  for (const { run, start_ms } of rows) since.set(run, Math.min(start_ms, since.get(run) ?? start_ms))
  for (const { run, kind, end_ms } of rows)
    if (kind === 'provide') since.set(run, Math.max(end_ms, since.get(run) ?? end_ms))
  return since
}

function binned<T>(all: readonly T[], binOf: (each: T) => number): Map<number, T[]> {
  const bins = new Map<number, T[]>()
  for (const each of all) {
    const bin = bins.get(binOf(each))
    if (bin === undefined) bins.set(binOf(each), [each])
    else bin.push(each)
  }
  return bins
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
