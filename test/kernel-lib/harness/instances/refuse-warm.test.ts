import * as assert from 'uvu/assert'
import { refuse as refuseDocker } from '../../../../kernel-lib/harness/docker/refuse.ts'
import { refuse as refuseExec } from '../../../../kernel-lib/harness/exec/refuse.ts'
import { describe } from '../../../suite.ts'
import { toy } from '../../composition/toy.ts'
import { warmStart } from '../../composition/warm-start.ts'
import { specOf } from '../sim/spec-of.ts'

const place = { folder: '/nowhere', manifest: toy }
const packaging = { groups: {}, settings: {} }
const population = { asking: { count: 5 }, idle: { count: 95, program: false } }

describe('a harness whose nodes all run', (test) => {
  for (const [runner, refuse] of Object.entries({ exec: refuseExec, docker: refuseDocker }))
    test(`as ${runner} refuses a warm start, and nodes that run no program`, () => {
      const of = (spec: ReturnType<typeof specOf>) =>
        refuse(spec, place, packaging).filter((line) => /^start|program:/.test(line))
      assert.equal(of(specOf({ asking: { count: 5 } })), [])
      assert.equal(of(specOf(population, { start: warmStart })), [
        `start: ${runner} cannot begin warm; write runner = "sim", or remove [start] and let the network bootstrap`,
        `group "idle".program: ${runner} has no nodes that run no program; write runner = "sim", or remove it`,
      ])
    })
})
