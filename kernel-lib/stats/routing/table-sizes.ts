import type { Measured } from '../measures.ts'
import type { Observed } from '../observed/observed.ts'
import { tablesAt } from './tables.ts'

/** Entries of each node's table at a named moment: `end` unless said, else the one taken last (R1, all buckets together). */
export function tableSizes(data: Observed, options: { readonly snapshot?: string } = {}): readonly Measured[] {
  return tablesAt(data, options).tables.map((row) => ({
    ...row,
    lookup: '',
    value: row.buckets.reduce((sum, peers) => sum + peers.length, 0),
  }))
}
