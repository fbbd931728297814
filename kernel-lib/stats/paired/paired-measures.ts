import { trace } from '../lookups/traced.ts'
import { type Measured, measures } from '../measures.ts'
import type { Observed } from '../observed/observed.ts'
import { tableSizes } from '../routing/table-sizes.ts'

/** Something that two networks of the same nodes and keys are compared by, pair by pair. */
export interface PairedMeasure {
  readonly entry: string
  readonly name: string
  readonly unit: string
  observe(data: Observed): readonly Measured[]
}

/** All of them: what tables hold, what lookups do in them, and how well they end. All are means over pairs. Lookups are named by the key that they look for, since a node that bootstrapped has counted others before. */
export const pairedMeasures: readonly PairedMeasure[] = [
  {
    ...told('R1', 'entries a table, before lookups', 'peers'),
    observe: (data) => ['bootstrapped', 'warm'].flatMap((snapshot) => tableSizes(data, { snapshot })),
  },
  {
    ...told('R1', 'entries a table, after lookups', 'peers'),
    observe: (data) => tableSizes(data, { snapshot: 'end' }),
  },
  { ...told('D4', 'hops a lookup', 'hops'), observe: (data) => byKey(measures.D4.observe(data, {})) },
  { ...told('D7', 'requests a lookup', 'messages'), observe: (data) => byKey(measures.D7.observe(data, {})) },
  { ...told('D8', 'dials a lookup', 'dials'), observe: (data) => byKey(measures.D8.observe(data, {})) },
  {
    ...told('D2', 'latency of lookups that succeed', 'ms'),
    observe: (data) =>
      byKey(
        trace(data).ended.flatMap((each) =>
          each.status === 'ok' ? [{ ...each, value: each.end_ms - each.start_ms }] : [],
        ),
      ),
  },
  { ...told('D1', 'lookups that succeed', 'share'), observe: (data) => byKey(measures.D1.observe(data, {})) },
  { ...told('D13', 'recall of the k closest', 'share'), observe: (data) => byKey(measures.D13.observe(data, {})) },
]

function told(entry: string, name: string, unit: string) {
  return { entry, name, unit }
}

function byKey(observed: readonly (Measured & { readonly target: string })[]): readonly Measured[] {
  return observed.map((each) => ({ ...each, lookup: each.target }))
}
