import { type AnyTableOptions, tableModels as shared, type TableModel } from '@hoplab/sdk'
import { replacingTable } from './replacing.ts'

/** The models of routing tables by name: those that networks start warm with, and the rule that RFM19.1's text tells. */
export const tableModels = {
  random: shared.random,
  balanced: shared.balanced,
  replacing: replacingTable,
  kademlia: shared.kademlia,
  trie: shared.trie,
} as const satisfies Record<string, TableModel<AnyTableOptions>>

/** Name of a model of routing tables: `balanced`. */
export type TableKind = keyof typeof tableModels
