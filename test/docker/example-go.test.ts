// time limit: 600 s
import { exampleGo, go } from '../services/example-go.ts'
import { redisServer } from '../services/needs.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

describe('example-go in containers', (test) => exampleGo(test, 'docker', leftAfter), [go, redisServer, engine])
