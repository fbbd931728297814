import { trace } from '../lookups/traced.ts'
import { type Measured, measures } from '../measures.ts'
import type { Observed } from '../observed/observed.ts'
import { tableSizes } from '../routing/table-sizes.ts'
import { roundTripsWaited } from './round-trips-waited.ts'

/** Something that is compared between a simulation and processes. */
export interface Quantity {
  readonly entry: string
  readonly name: string
  readonly unit: string
  readonly of: 'mean' | 'median'
  /** Whether a busy processor changes it, as it does whatever is told in milliseconds. */
  readonly timed: boolean
  observe(data: Observed): readonly Measured[]
}

/** All that is compared, where a round trip takes `roundTripMs`: what lookups do, then what tables hold, then how long lookups take. */
export function quantities(roundTripMs: number): readonly Quantity[] {
  return [...counts, ...tables, ...times(roundTripMs)]
}

const untimed = { of: 'mean', timed: false } as const

const counts: readonly Quantity[] = [
  { ...untimed, ...told('D4', 'hops a lookup', 'hops'), observe: (data) => measures.D4.observe(data, {}) },
  ...[1, 2, 3].map((hops) => ({
    ...untimed,
    ...told('D4', hops === 3 ? 'lookups of 3 hops or more' : `lookups of ${hops} hop${hops > 1 ? 's' : ''}`, 'share'),
    observe: (data: Observed) =>
      measures.D4.observe(data, {}).map((each) => ({ ...each, value: isOf(hops, each.value) })),
  })),
  { ...untimed, ...told('D7', 'requests a lookup', 'messages'), observe: (data) => measures.D7.observe(data, {}) },
  { ...untimed, ...told('D8', 'dials a lookup', 'dials'), observe: (data) => measures.D8.observe(data, {}) },
  { ...untimed, ...told('D13', 'recall of the k closest', 'share'), observe: (data) => measures.D13.observe(data, {}) },
]

const isOf = (hops: number, value: number) => (Math.min(3, Math.max(1, value)) === hops ? 1 : 0)

const tables: readonly Quantity[] = [
  ['bootstrapped', 'before lookups'],
  ['end', 'after lookups'],
].map(([snapshot = '', when]) => ({
  ...untimed,
  ...told('R1', `entries a table, ${when}`, 'peers'),
  observe: (data) => tableSizes(data, { snapshot }),
}))

function times(roundTripMs: number): readonly Quantity[] {
  const ok = (data: Observed) => trace(data).ended.filter(({ status }) => status === 'ok')
  const latencies = (data: Observed) =>
    ok(data).map((each) => ({ ...each, value: (each.end_ms - each.start_ms) / roundTripMs }))
  return [
    {
      ...untimed,
      ...told('D2', 'round trips waited for, a lookup', 'round trips'),
      observe: (data) =>
        ok(data).flatMap((each) => {
          const value = each.whole ? roundTripsWaited(each, roundTripMs) : null
          return value === null ? [] : [{ ...each, value }]
        }),
    },
    { ...told('D2', 'lookup latency, mean', 'round trips'), of: 'mean', timed: true, observe: latencies },
    { ...told('D2', 'lookup latency, median', 'round trips'), of: 'median', timed: true, observe: latencies },
  ]
}

function told(entry: string, name: string, unit: string) {
  return { entry, name, unit }
}
