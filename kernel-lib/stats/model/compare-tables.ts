import { createHash } from 'node:crypto'
import { canonicalJson } from '../../composition/hash.ts'
import { hopsModel } from '../../models/hops-model.ts'
import { type HopsModel, hopsModelOf } from '../../models/hops-options.ts'
import { cellSignal } from '../../run/cell-signal.ts'
import { hops, hopsDifference } from './hops.ts'
import { showingModel } from './model-card.ts'
import type { TablesCompared, TablesRow, TablesStudy } from './tables-study.ts'

/**
 * Compares two models of routing tables by the hops of lookups, size by size of buckets (RFM19.1). The same options give the same study.
 *
 * @throws RangeError that lists every option out of bounds.
 */
export async function compareTables(options: TablesCompared): Promise<TablesStudy> {
  const { baseline, candidate, bucketSizes, signal = cellSignal(), ...rest } = options
  const run = (tables: HopsModel['tables'], bucketSize: number) =>
    hopsModel({ ...rest, tables, bucketSize, ...(signal ? { signal } : {}) })
  if (bucketSizes.length === 0)
    throw new RangeError('compareTables: bucketSizes is empty: write sizes, such as [10, 20]')
  const { tables: _, bucketSize: __, ...common } = hopsModelOf({ ...rest, tables: baseline })
  const rows: TablesRow[] = []
  for (const bucketSize of bucketSizes) {
    const [a, b] = [await run(baseline, bucketSize), await run(candidate, bucketSize)]
    rows.push({ bucketSize, baseline: hops(a), candidate: hops(b), difference: hopsDifference(a, b) })
  }
  const spec = { ...common, baseline, candidate, bucketSizes }
  const hash = createHash('sha256').update(canonicalJson(spec)).digest('hex')
  return showingModel({ schema: 'hoplab/model-study/1', spec, hash, rows })
}
