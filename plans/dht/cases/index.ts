import type { TestCases } from '@hoplab/sdk'
import { bootstrapNetwork } from './bootstrap-network.ts'
import { findPeers } from './find-peers.ts'
import { findRecords } from './find-providers.ts'
import { closestPeers } from './get-closest-peers.ts'
import { provideRecords } from './provide.ts'
import { storeAndGet } from './store-get-value.ts'

/** The cases of plan `dht` by the names in its manifest. */
export const cases: TestCases = {
  'find-peers': findPeers,
  'find-providers': findRecords,
  provide: provideRecords,
  'store-get-value': storeAndGet,
  'get-closest-peers': closestPeers,
  'bootstrap-network': bootstrapNetwork,
}
