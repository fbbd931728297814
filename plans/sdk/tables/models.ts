import { balancedTable } from './balanced.ts'
import { type FillOptions, kademliaTable } from './kademlia.ts'
import { randomTable } from './random.ts'
import type { TableModel } from './table.ts'
import { type TrieOptions, trieTable } from './trie.ts'

/** What any of the tables is made to. */
export type AnyTableOptions = FillOptions & TrieOptions

/** The models of routing tables by name. */
export const tableModels = {
  random: randomTable,
  balanced: balancedTable,
  kademlia: kademliaTable,
  trie: trieTable,
} as const satisfies Record<string, TableModel<AnyTableOptions>>

/** Name of a model of routing tables: `balanced`. */
export type ModelKind = keyof typeof tableModels
