import type { HopsModel, HopsModelOptions } from '../../models/hops-options.ts'
import type { Sample } from '../sample/sample.ts'

/** Two models of tables that are compared, in networks that are otherwise the same. */
export interface TablesCompared extends Omit<HopsModelOptions, 'tables' | 'bucketSize'> {
  readonly baseline: HopsModel['tables']
  readonly candidate: HopsModel['tables']
  /** Sizes of buckets, in the order of the rows. */
  readonly bucketSizes: readonly number[]
}

/** Both models at one size of buckets. */
export interface TablesRow {
  readonly bucketSize: number
  readonly baseline: Sample
  readonly candidate: Sample
  /** Candidate − baseline, paired. */
  readonly difference: Sample
}

/** What was compared, and what came of it. In a cell it shows itself, and on a page it is the provenance. */
export interface TablesStudy {
  readonly schema: 'hoplab/model-study/1'
  /** Everything that decides the result. */
  readonly spec: Omit<HopsModel, 'tables' | 'bucketSize'> &
    Pick<TablesCompared, 'baseline' | 'candidate' | 'bucketSizes'>
  /** Sha256 of the spec's canonical JSON, hex. */
  readonly hash: string
  readonly rows: readonly TablesRow[]
}
