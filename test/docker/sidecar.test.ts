// time limit: 300 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { NetworkReport } from '../../kernel-lib/harness/docker/sidecar/report.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

interface Ran {
  readonly record: RunRecord
  readonly reasons: string
  /** What an instance printed. */
  readonly printed: (index: number) => string
  /** Lines of the run's network log, one instance's programs' requests alone. */
  readonly asked: readonly { readonly instance: string; readonly error: string | null }[]
}

interface Asked {
  readonly strict?: boolean
  readonly perContainer?: number
}

async function runCase(testCase: string, { strict = false, perContainer = 1 }: Asked = {}): Promise<Ran> {
  const experiment = await experimentOf({
    plan: 'networked',
    case: testCase,
    runner: 'docker',
    timeoutSecs: 60,
    groups: [{ id: 'single', count: 2 }],
    docker: { instancesPerContainer: perContainer },
  })
  const runsFolder = freshRuns()
  const record = await run(experiment, { runsFolder, strict })
  const folder = join(runsFolder, record.run)
  const log = readFileSync(join(folder, 'processes', 'network.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
  assert.ok(record.artifacts.some(({ path }) => path === 'processes/network.ndjson'))
  assert.equal(await leftAfter(record.run), [])
  return {
    record,
    reasons: JSON.stringify(record.instances.map(({ reason }) => reason)),
    printed: (index) => readFileSync(join(folder, 'single', String(index), 'stdout.log'), 'utf8'),
    asked: log.map((line) => JSON.parse(line)).filter(({ message }) => message !== null),
  }
}

describe(
  'a plan on the unmodified JavaScript SDK of Testground',
  (test) => {
    test('configures its network twice, and measures the delay that it asked for each time', async () => {
      const { record, reasons, printed, asked } = await runCase('shaped')
      assert.is(record.outcome, 'success', reasons)
      for (const index of [0, 1])
        for (const wanted of ['of 40', 'of 200'])
          assert.match(printed(index), new RegExp(`round trip [\\d.]+ ${wanted}`))
      assert.is(asked.length, 4)
      assert.ok(asked.every(({ error }) => error === null))
      const { configured } = record.placement?.network as NetworkReport
      for (const { rtt } of configured) assert.ok((rtt?.measured ?? 0) >= 0.9 * (rtt?.configured ?? 0))
    })

    test('sees an error where it rejects, no answer where it drops, and an answer where it accepts again', async () => {
      const { record, reasons, printed } = await runCase('filtered')
      assert.is(record.outcome, 'success', reasons)
      const told = [0, 1].map((index) => /seen (\{.*?\}\})/.exec(printed(index))?.[1]).find((one) => one !== undefined)
      const seen = JSON.parse((told ?? '').replaceAll('\\"', '"'))
      assert.is(seen.reject.error, 'EACCES')
      assert.ok(seen.reject.afterMs < seen.drop.afterMs)
      for (const name of ['drop', 'dropAll']) assert.ok(seen[name].silent)
      for (const name of ['accept', 'acceptAll']) assert.type(seen[name].ms, 'number')
    })

    test('is found at its new address at once, also where two swap theirs', async () => {
      const { record, reasons, printed } = await runCase('moved')
      assert.is(record.outcome, 'success', reasons)
      for (const index of [0, 1]) assert.match(printed(index), /swapped after [\d.]+ ms, moved [\d.]+/)
    })

    test('loses its interface when it disables its network, and has it back when it enables it', async () => {
      const { record, reasons } = await runCase('unplugged')
      assert.is(record.outcome, 'success', reasons)
    })

    test('has all of this where it shares a container', async () => {
      for (const one of ['shaped', 'filtered', 'moved', 'unplugged']) {
        const { record, reasons } = await runCase(one, { perContainer: 2 })
        assert.is(record.outcome, 'success', `${one}: ${reasons}`)
        assert.is((record.placement?.instances as Record<string, { pod: number }>)['single/1']?.pod, 0)
      }
    })

    test('fails, with the reason, where its network could not be what it asked for, although it says success', async () => {
      const { record, asked } = await runCase('refused')
      assert.is(record.outcome, 'failure')
      const failed = record.instances.filter(({ outcome }) => outcome === 'failure')
      assert.is(failed.length, 1)
      assert.match(failed[0]?.reason ?? '', /the network of single\/\d could not be configured: IPv6: .*says success/)
      assert.match(failed[0]?.ending.waitingFor ?? '', /barrier "refused" .*could not be configured/)
      assert.match(asked[0]?.error ?? '', 'IPv6')
    })

    test('fails under strict where it prints success and signals none', async () => {
      const { record } = await runCase('quiet', { strict: true })
      assert.is(record.outcome, 'failure')
      for (const { reason } of record.instances) assert.match(reason, 'on standard output alone')
      assert.is((await runCase('quiet')).record.outcome, 'success')
    })
  },
  [engine],
)
