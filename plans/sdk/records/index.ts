import { diagnosticsRecord } from './diagnostics.ts'
import { lookupRecord } from './lookup.ts'
import { nodeRecord } from './node.ts'
import { queryRecord } from './query.ts'
import { tableRecord } from './table.ts'

export { diagnosticsRecord, lookupRecord, nodeRecord, queryRecord, tableRecord }

/** Every kind of record that plans share, in the order in which data is met. */
export const records = [nodeRecord, tableRecord, lookupRecord, queryRecord, diagnosticsRecord] as const
