import type { RunData } from '../../tables/run-data.ts'

/** What statistics read of loaded runs; all that `load` returns is such. */
export type Observed = Pick<RunData, 'records' | 'nodes' | 'lookups' | 'queryEvents' | 'snapshots' | 'damage'>
