import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { refuse } from '../../../../kernel-lib/harness/sim/refuse.ts'
import { refuseSimulation } from '../../../../kernel-lib/harness/sim/refuse-size.ts'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import { findWorkspace } from '../../../../kernel-lib/run/workspace.ts'
import { describe } from '../../../suite.ts'
import { warmStart } from '../../composition/warm-start.ts'
import { specOf } from './spec-of.ts'

const workspace = findWorkspace(resolve(import.meta.dirname, '../../../..'))

async function refused(count: number, program?: string | null): Promise<string> {
  const composition = { plan: 'dht', case: 'find-peers', runner: 'sim', groups: [{ id: 'nodes', count }] }
  const { specs, plan, packaging } = await prepare(composition, { workspace })
  const [spec, packed] = [specs[0], packaging[0]]
  if (spec === undefined || packed === undefined) throw new Error('no spec')
  const manifest = program === undefined ? plan.manifest : { ...plan.manifest, program }
  return refuse(spec, { ...plan, manifest }, packed).join('\n')
}

async function refusedStart(identities: string | null): Promise<string> {
  const groups = [
    { id: 'asking', count: 2 },
    { id: 'idle', share: 1, program: false },
  ]
  const composition = { plan: 'dht', case: 'find-peers', total: 100, start: { tables: 'random' as const }, groups }
  const { specs, plan, packaging } = await prepare(composition, { workspace })
  const [spec, packed] = [specs[0], packaging[0]]
  if (spec === undefined || packed === undefined) throw new Error('no spec')
  return refuse(spec, { ...plan, manifest: { ...plan.manifest, identities } }, packed).join('\n')
}

describe('what a simulation refuses', (test) => {
  test('is nothing of a plan in JavaScript and as many nodes as memory holds', async () => {
    assert.is(await refused(2), '')
  })

  test('is more nodes than memory holds, in numbers', async () => {
    assert.match(await refused(9999), /groups: 9999 instances of 16 MB take 159984 MB, \d+ MB are free; write counts/)
  })

  test('is a warm start of a plan that names nobody who makes identities, or has not built it', async () => {
    assert.match(await refusedStart(null), 'start: plan dht cannot begin warm: its manifest names no program that')
    assert.match(await refusedStart('dist/none.js'), 'start: plan dht: its program dist/none.js is not there; build it')
    assert.is(await refusedStart('dist/main.js'), '')
  })

  test('is a population that memory does not hold, or its subnet, in numbers', () => {
    const warm = (count: number) =>
      specOf({ asking: { count: 5 }, idle: { count, program: false } }, { start: warmStart })
    const of = (count: number, freeMb: number) => refuseSimulation(warm(count), { eachMb: 16, freeMb })
    assert.equal(of(1000, 451), [])
    assert.equal(of(1001, 451), [
      'groups: 1001 nodes of 1 kB, 1001 of them made at once (300 kB more each), 5 instances of 16 MB and 70 MB for the process take 452 MB, 451 MB are free; write a total of at most 1005',
    ])
    assert.equal(of(100_000, 1750), [])
    assert.match(
      of(100_001, 1750)[0] ?? '',
      'groups: 100001 nodes of 1 kB, 5000 of them made at once (300 kB more each), 5 instances of 16 MB and 70 MB for the process take 1751 MB, 1750 MB are free; write a total of at most 100005',
    )
    assert.match(of(1, 100)[0] ?? '', 'take 151 MB, 100 MB are free; write fewer instances')
    assert.match(of(2 ** 24, 1e9)[0] ?? '', /^groups: 10\.0\.0\.0\/8 has 16777214 addresses; write a total/)
  })

  test('is a program that is none of JavaScript, or not there', async () => {
    assert.match(await refused(2, null), 'no JavaScript program that could be simulated; write runner = "exec"')
    assert.match(await refused(2, 'program.wasm'), 'no JavaScript program')
    assert.match(await refused(2, 'dist/none.js'), 'dist/none.js is not there; build it (npm run build)')
  })
})
