import type { TestCases } from '@hoplab/sdk'
import { bootstrapNetwork } from './bootstrap-network.ts'
import { findPeers } from './find-peers.ts'

/** The cases of plan `dht` by the names in its manifest. */
export const cases: TestCases = {
  'find-peers': findPeers,
  'bootstrap-network': bootstrapNetwork,
}
