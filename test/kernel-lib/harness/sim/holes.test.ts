// time limit: 180 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { simHarness } from '../../../../kernel-lib/harness/sim/sim.ts'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import { findWorkspace } from '../../../../kernel-lib/run/workspace.ts'
import { planted } from '../../../fixtures/plans/simulated/planted.ts'
import { describe } from '../../../suite.ts'
import { fixtures, freshRuns } from '../../run/experiment-of.ts'
import { simulate, troubles } from './simulated.ts'

const source = readFileSync(join(fixtures.root, 'plans/simulated/planted.ts'), 'utf8').split('\n')

describe('what the seed does not decide', (test) => {
  test('is named in the record and in a notice, with the line of the program that used it', async () => {
    const ran = await simulate('planted')
    assert.equal(troubles(ran), [])
    const names = Object.keys(planted)
    assert.ok(names.length > 60)
    assert.equal(Object.keys(ran.seen), names)
    const quiet = names.filter((name) => !ran.holes.some(({ what, by }) => what === name && lineOf(by).includes(name)))
    assert.equal(quiet, [])
    const unplanted = ran.holes.filter(({ by }) => !/^plans\/simulated\/planted\.ts:\d+$/.test(by))
    assert.equal(unplanted, [])
    assert.equal(
      ran.notices,
      ran.holes.map(
        ({ what, by, atMs }) =>
          `not decided by the seed: ${what} by ${by} at ${(atMs / 1000).toFixed(3)} s; a repetition may differ`,
      ),
    )
  })

  test('is nothing for a program that hears nothing of the garbage collector', async () => {
    const ran = await simulate('collected')
    assert.equal(troubles(ran), [])
    assert.equal(ran.seen, { heard: 0, there: 50, tag: '[object FinalizationRegistry]' })
    assert.equal(ran.holes, [])
  })

  test('is nothing in a DHT', async () => {
    const workspace = findWorkspace(join(import.meta.dirname, '../../../..'))
    const groups = [{ id: 'nodes', count: 6, params: { bootstrap_secs: 20, n_find_peers: 1 } }]
    const experiment = await prepare({ plan: 'dht', case: 'find-peers', groups }, { workspace })
    const record = await run(experiment, { runsFolder: freshRuns(), harness: simHarness() })
    assert.equal(
      record.instances.map(({ outcome }) => outcome),
      Array(6).fill('success'),
    )
    assert.equal(record.placement?.holes, [])
  })
})

function lineOf(by: string): string {
  return source[Number(by.split(':').at(-1)) - 1] ?? ''
}
