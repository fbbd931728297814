import type { RunData } from '../../tables/run-data.ts'
import { nodeOf, type Origin } from '../sample/clusters.ts'
import { medianSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'

/** What a provider told of the holders of one of its records at one moment, as plan dht writes it. */
export interface HoldersRow extends Origin {
  /** ms. */
  readonly ts_ms: number
  /** Key of the record, hexadecimal. */
  readonly target: string
  /** When its provide ended, ms. */
  readonly provided_ms: number
  readonly holders: number
  /** Those that run. */
  readonly alive: number
  /** Those that have run ever since, and hold it still. */
  readonly holding: number
}

/** Rows of the table `holders`, in its order; none where the runs tell of none. */
export function holdersOf(data: Pick<RunData, 'names' | 'table'>): HoldersRow[] {
  if (!data.names.includes('holders')) return []
  return data.table('holders').objects({ limit: Number.POSITIVE_INFINITY }) as HoldersRow[]
}

/** K5, time to last holder: from the end of a record's provide to the first moment at which none of its holders held it any more, s; records that still had one when they were last told of are censored. */
export function lastHolder(rows: readonly HoldersRow[]): Sample {
  const records = new Map<string, HoldersRow[]>()
  for (const row of rows) {
    const name = `${nodeOf(row)}/${row.target}`
    records.set(name, [...(records.get(name) ?? []), row])
  }
  const times = [...records.values()].flatMap(([first, ...later]) => {
    if (first === undefined) return []
    const lost = [first, ...later].find(({ holding }) => holding === 0)
    return [{ ...first, value: lost === undefined ? Number.POSITIVE_INFINITY : (lost.ts_ms - lost.provided_ms) / 1000 }]
  })
  const censored = times.filter(({ value }) => !Number.isFinite(value)).length
  return medianSample(about, times, { expected: times.length, failed: 0, missing: 0, censored, of: 'records' })
}

const about = {
  name: 'time until no holder has a record any more (median)',
  entry: 'K5',
  definition: 'from the end of the provide to the first moment told of at which none of its holders has run ever since',
  unit: 's',
}
