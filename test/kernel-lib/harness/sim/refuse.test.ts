import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { refuse } from '../../../../kernel-lib/harness/sim/refuse.ts'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import { findWorkspace } from '../../../../kernel-lib/run/workspace.ts'
import { describe } from '../../../suite.ts'

const workspace = findWorkspace(resolve(import.meta.dirname, '../../../..'))

async function refused(count: number, program?: string | null): Promise<string> {
  const composition = { plan: 'dht', case: 'find-peers', runner: 'sim', groups: [{ id: 'nodes', count }] }
  const { specs, plan, packaging } = await prepare(composition, { workspace })
  const [spec, packed] = [specs[0], packaging[0]]
  if (spec === undefined || packed === undefined) throw new Error('no spec')
  const manifest = program === undefined ? plan.manifest : { ...plan.manifest, program }
  return refuse(spec, { ...plan, manifest }, packed).join('\n')
}

describe('what a simulation refuses', (test) => {
  test('is nothing of a plan in JavaScript and as many nodes as memory holds', async () => {
    assert.is(await refused(2), '')
  })

  test('is more nodes than memory holds, in numbers', async () => {
    assert.match(await refused(9999), /groups: 9999 instances of 16 MB take 159984 MB, \d+ MB are free; write counts/)
  })

  test('is a program that is none of JavaScript, or not there', async () => {
    assert.match(await refused(2, null), 'no JavaScript program that could be simulated; write runner = "exec"')
    assert.match(await refused(2, 'program.wasm'), 'no JavaScript program')
    assert.match(await refused(2, 'dist/none.js'), 'dist/none.js is not there; build it (npm run build)')
  })
})
