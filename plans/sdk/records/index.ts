import { diagnosticsRecord } from './diagnostics.ts'
import { lookupRecord } from './lookup.ts'
import { nearestRecord } from './nearest.ts'
import { nodeRecord } from './node.ts'
import { queryRecord } from './query.ts'
import { surroundingsRecord } from './surroundings.ts'
import { tableRecord } from './table.ts'

export { diagnosticsRecord, lookupRecord, nearestRecord, nodeRecord, queryRecord, surroundingsRecord, tableRecord }

/** Every kind of record that plans share, in the order in which data is met. */
export const records = [
  nodeRecord,
  tableRecord,
  surroundingsRecord,
  lookupRecord,
  nearestRecord,
  queryRecord,
  diagnosticsRecord,
] as const
