import type { WarmStart } from '../../../kernel-lib/composition/start/start.ts'

/** A warm start of full tables. */
export const warmStart: WarmStart = {
  tables: 'kademlia',
  fill: 1,
  neighbourhood: null,
  stale: 0,
  prefixLength: null,
  seed: 1,
  recorded: null,
}
