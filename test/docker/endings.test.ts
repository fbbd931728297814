// time limit: 180 s
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { InstanceRecord, RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

function found(record: RunRecord, group: string): InstanceRecord {
  const one = record.instances.find((instance) => instance.group === group)
  if (one === undefined) throw new Error(`no instance of ${group}`)
  return one
}

const ending = (how: string, count = 1) => ({ id: how, count, params: { how } })

describe(
  'a run in containers',
  (test) => {
    test('succeeds, each instance at an address of its own, without a capability, and leaves nothing', async () => {
      const runsFolder = freshRuns()
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        groups: [ending('meet', 4)],
      })
      const record = await run(experiment, { runsFolder })
      assert.is(record.outcome, 'success', JSON.stringify(record.instances.map(({ reason }) => reason)))
      assert.is(record.harness, 'docker')
      for (const { index, seq, spoke } of record.instances) {
        const folder = join(runsFolder, record.run, 'meet', String(index))
        const facts = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8'))
        const places = record.placement?.instances as Record<string, { address: string }>
        assert.ok(facts.own.includes(places[`meet/${index}`]?.address))
        assert.match(places[`meet/${index}`]?.address ?? '', new RegExp(`\\.128\\.${seq}$`))
        assert.is(facts.user, process.getuid?.())
        assert.is(statSync(join(folder, 'facts.json')).uid, process.getuid?.())
        assert.match(facts.capabilities, /^0+$/)
        assert.equal(spoke, ['sync', 'stdout'])
        assert.match(readFileSync(join(folder, 'stdout.log'), 'utf8'), 'success_event')
      }
      assert.equal(await leftAfter(record.run), [])
    })

    test('tells how each instance ended, with its evidence, and leaves nothing', async () => {
      const hows = ['success', 'failure', 'crash', 'segfault', 'killed', 'silent', 'hang', 'deaf', 'memory', 'loud']
      const runsFolder = freshRuns()
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        timeoutSecs: 12,
        groups: hows.map((how) => ending(how)),
      })
      const record = await run(experiment, { runsFolder })
      const outcomes = Object.fromEntries(record.instances.map(({ group, outcome }) => [group, outcome]))
      assert.equal(outcomes, {
        success: 'success',
        failure: 'failure',
        crash: 'crash',
        segfault: 'crash',
        killed: 'crash',
        silent: 'unknown',
        hang: 'timeout',
        deaf: 'timeout',
        memory: 'crash',
        loud: 'success',
      })
      assert.match(found(record, 'failure').reason, 'could not write its records')
      assert.match(found(record, 'crash').reason, 'nobody caught this')
      assert.match(found(record, 'segfault').reason, 'SIGSEGV')
      assert.match(found(record, 'killed').reason, 'SIGKILL')
      assert.is(found(record, 'killed').ending.killed, null)
      assert.is(found(record, 'silent').ending.exit?.code, 0)
      assert.match(
        found(record, 'hang').reason,
        /timeout after 12 s: waiting for barrier "nobody-comes" \(0 of 11 there/,
      )
      assert.is(found(record, 'memory').ending.killed, 'memory')
      assert.match(found(record, 'memory').reason, 'took more memory than there is')
      const said = statSync(join(runsFolder, record.run, 'loud', '0', 'stdout.log')).size
      assert.ok(said > 6 * 10 * 1024 * 1024, `${said} bytes`)
      assert.equal(await leftAfter(record.run), [])
    })

    test('builds an image once, and places its digest in the record', async () => {
      const runsFolder = freshRuns()
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        groups: [ending('success')],
      })
      const images = []
      for (let time = 0; time < 2; time += 1) {
        const { placement } = await run(experiment, { runsFolder })
        images.push((placement?.images as Record<string, { digest: string; built: boolean; tag: string }>).success)
      }
      const [first, second] = images
      assert.is(second?.built, false)
      assert.is(first?.digest, second?.digest)
      assert.match(first?.tag ?? '', `hoplab/plan-contained:${first?.digest.slice(0, 16)}`)
    })

    test('shares no subnet with a run at the same time', async () => {
      const experiment = await experimentOf({
        plan: 'contained',
        case: 'end',
        runner: 'docker',
        groups: [ending('meet', 2)],
      })
      const records = await Promise.all([1, 2].map(() => run(experiment, { runsFolder: freshRuns() })))
      assert.equal(
        records.map(({ outcome }) => outcome),
        ['success', 'success'],
      )
      const subnets = records.flatMap(({ placement }) => [placement?.subnet, placement?.controlSubnet])
      assert.is(new Set(subnets).size, 4, subnets.join())
      for (const record of records) assert.equal(await leftAfter(record.run), [])
    })
  },
  [engine],
)
