import { MemoryDatastore } from 'datastore-core'
import type { Datastore } from 'interface-datastore'

/** What a warm node learns while it runs, beside its table: kept where it is to be started again as it was. */
export interface Memory {
  /** Its records, and what it was told about peers that differs from what everyone knows. */
  readonly datastore: Datastore
  /** Ranks of peers outside the table that it was told of, with the addresses that everyone knows. */
  readonly learned: Set<number>
  /** Ranks of peers of which the datastore says all there is to say. */
  readonly written: Set<number>
}

/** The memory of a node that knows its table alone. */
export function emptyMemory(): Memory {
  return { datastore: new MemoryDatastore(), learned: new Set(), written: new Set() }
}

/** Whether it holds records of the DHT. */
export async function holdsRecords({ datastore }: Memory): Promise<boolean> {
  for await (const _ of datastore.queryKeys({ prefix: '/dht' })) return true
  return false
}
