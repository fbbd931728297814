// time limit: 420 s
import { describe } from '../suite.ts'
import { exampleGo, go, namespaces } from './example-go.ts'
import { redisServer } from './needs.ts'
import { processesOf } from './processes-of.ts'

describe('example-go in processes', (test) => exampleGo(test, 'exec', async (run) => processesOf(run)), [
  go,
  redisServer,
  namespaces,
])
