import { runKeys } from '@hoplab/sdk'
import { memoryStore } from './memory.ts'
import type { SyncStore } from './store.ts'

/** The run that a store is opened for; plan and case as the instances' TEST_PLAN and TEST_CASE give them. */
export interface StoredRun {
  readonly run: string
  readonly plan: string
  readonly case: string
}

/** Opens the store of a run for `startSync`: in the Redis at an address (`redis://[user:password@]host[:port][/database]`), or in memory where it is null. Throws an InputError for an address that is none, an AbsentError where no Redis answers. */
export async function openSyncStore(url: string | null, stored: StoredRun): Promise<SyncStore> {
  if (url === null) return memoryStore()
  const { redisStore } = await import('./redis/store.ts')
  return redisStore(url, runKeys(stored.run, stored.plan, stored.case).prefix)
}
