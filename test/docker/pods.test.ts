// time limit: 480 s
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { CompositionGroup } from '../../kernel-lib/composition/composition.ts'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import type { Observer } from '../../kernel-lib/run/observer.ts'
import type { InstanceRecord, RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

const ending = (how: string, count = 1) => ({ id: how, count, params: { how } })

interface Asked {
  readonly perContainer: number
  readonly timeoutSecs?: number
  readonly observers?: readonly Observer[]
}

async function inPods(
  groups: readonly CompositionGroup[],
  { perContainer, timeoutSecs = 60, observers = [] }: Asked,
): Promise<{ readonly record: RunRecord; readonly folder: string }> {
  const experiment = await experimentOf({
    plan: 'contained',
    case: 'end',
    runner: 'docker',
    timeoutSecs,
    groups,
    docker: { instancesPerContainer: perContainer },
  })
  const runsFolder = freshRuns()
  const record = await run(experiment, { runsFolder, observers })
  assert.equal(await leftAfter(record.run), [])
  return { record, folder: join(runsFolder, record.run) }
}

function found(record: RunRecord, group: string): InstanceRecord {
  const one = record.instances.find((instance) => instance.group === group)
  if (one === undefined) throw new Error(`no instance of ${group}`)
  return one
}

type Place = { readonly address: string; readonly pod: number }
const placesOf = ({ placement }: RunRecord) => placement?.instances as Readonly<Record<string, Place>>
const factsOf = (folder: string, { group, index }: InstanceRecord) =>
  JSON.parse(readFileSync(join(folder, group, String(index), 'facts.json'), 'utf8'))

describe(
  'instances that share a container',
  (test) => {
    test('tell how each ended, with its evidence, as those that have one each', async () => {
      const hows = ['success', 'failure', 'crash', 'segfault', 'silent', 'hang', 'deaf', 'memory', 'loud']
      const { record, folder } = await inPods(
        hows.map((how) => ending(how)),
        { perContainer: 25, timeoutSecs: 12 },
      )
      assert.equal(new Set(Object.values(placesOf(record)).map(({ pod }) => pod)), new Set([0]))
      const outcomes = Object.fromEntries(record.instances.map(({ group, outcome }) => [group, outcome]))
      assert.equal(outcomes, {
        success: 'success',
        failure: 'failure',
        crash: 'crash',
        segfault: 'crash',
        silent: 'unknown',
        hang: 'timeout',
        deaf: 'timeout',
        memory: 'crash',
        loud: 'success',
      })
      assert.equal(found(record, 'success').spoke, ['sync', 'stdout'])
      assert.match(found(record, 'failure').reason, 'could not write its records')
      assert.match(found(record, 'crash').reason, 'nobody caught this')
      assert.match(found(record, 'segfault').reason, 'SIGSEGV')
      assert.is(found(record, 'silent').ending.exit?.code, 0)
      assert.match(found(record, 'hang').reason, /timeout after 12 s: waiting for barrier "nobody-comes" \(0 of 10/)
      const { memoryBounded } = record.placement?.launch as { readonly memoryBounded: boolean }
      if (memoryBounded) assert.is(found(record, 'memory').ending.killed, 'memory')
      const said = statSync(join(folder, 'loud', '0', 'stdout.log')).size
      assert.ok(said > 6 * 10 * 1024 * 1024, `${said} bytes`)
    })

    test('have an address, rights and a user like those that have one each', async () => {
      const { record, folder } = await inPods([ending('meet', 6)], { perContainer: 3 })
      assert.is(record.outcome, 'success', JSON.stringify(record.instances.map(({ reason }) => reason)))
      for (const one of record.instances) {
        const facts = factsOf(folder, one)
        assert.ok(facts.own.includes(placesOf(record)[`meet/${one.index}`]?.address))
        assert.is(facts.user, process.getuid?.())
        assert.match(facts.capabilities, /^0+$/)
        assert.is(statSync(join(folder, 'meet', String(one.index), 'facts.json')).uid, process.getuid?.())
      }
    })

    test('reach each other, in one container and across, and see none of the others’ files and processes', async () => {
      const { record, folder } = await inPods([ending('reach', 6)], { perContainer: 3 })
      assert.is(record.outcome, 'success', JSON.stringify(record.instances.map(({ reason }) => reason)))
      assert.equal(
        Object.values(placesOf(record)).map(({ pod }) => pod),
        [0, 0, 0, 1, 1, 1],
      )
      const all = record.instances.map((one) => factsOf(folder, one))
      const addresses = Object.values(placesOf(record)).map(({ address }) => address)
      for (const [at, { reached, seen, processes }] of all.entries()) {
        assert.equal([...reached].sort(), addresses)
        const own = [`of-${addresses[at]}`]
        assert.equal(seen, [own, own, own])
        // Its own and the one that waits for it.
        assert.is(processes, 2)
      }
      assert.is(new Set(all.map(({ hostname }) => hostname)).size, 6)
    })

    test('crash together where their container is killed, and keep what they had told before', async () => {
      let name = ''
      const killer: Observer = async (event) => {
        if (event.kind === 'run-started') name = `hoplab-${event.run}-pod-0`
        if (event.kind === 'ended' && event.instance.group === 'success') await openEngine().getContainer(name).kill()
      }
      const { record } = await inPods([ending('success'), ending('slow', 3)], { perContainer: 4, observers: [killer] })
      assert.is(found(record, 'success').outcome, 'success')
      const others = record.instances.filter(({ group }) => group === 'slow')
      assert.equal(
        others.map(({ outcome }) => outcome),
        ['crash', 'crash', 'crash'],
      )
      for (const { reason } of others) assert.match(reason, 'its pod ended before it')
    })

    test('are 60 in four containers', async () => {
      const { record } = await inPods([ending('success', 60)], { perContainer: 18, timeoutSecs: 180 })
      assert.is(record.instances.length, 60)
      assert.is(
        record.outcome,
        'success',
        JSON.stringify(record.instances.find(({ outcome }) => outcome !== 'success')),
      )
      assert.is(new Set(Object.values(placesOf(record)).map(({ pod }) => pod)).size, 4)
    })
  },
  [engine],
)
