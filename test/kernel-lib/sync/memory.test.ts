import { memoryStore } from '../../../kernel-lib/sync/memory.ts'
import { describe } from '../../suite.ts'
import { storeFacts } from './store-facts.ts'

describe('the store in memory', (test) => {
  storeFacts(test, async () => memoryStore())
})
