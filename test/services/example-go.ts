import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Test } from 'uvu'
import * as assert from 'uvu/assert'
import { prepare } from '../../kernel-lib/run/experiment.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { findWorkspace } from '../../kernel-lib/run/workspace.ts'
import { freshRuns } from '../kernel-lib/run/experiment-of.ts'
import type { Need } from '../suite.ts'

const root = resolve(import.meta.dirname, '../..')

const answers = (command: string, args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
export const go: Need = { name: 'go', found: () => answers('go', ['version']) }
export const namespaces: Need = { name: 'network namespaces', found: () => answers('unshare', ['--net', 'true']) }

interface Ended {
  readonly record: RunRecord
  readonly reasons: readonly string[]
  readonly folder: string
}

interface Asked {
  readonly runner: string
  readonly case: string
  readonly params?: Readonly<Record<string, string | number>>
  /** Of each generation. Default 2. */
  readonly count?: number
  readonly strict?: boolean
  readonly timeoutSecs?: number
}

/** Runs a case with instances on each generation of the SDK. */
async function both({
  runner,
  case: name,
  params = {},
  count = 2,
  strict = false,
  timeoutSecs = 60,
}: Asked): Promise<Ended> {
  const group = (id: string, version: string) => ({ id, version, count })
  const groups = [group('websocket', 'sdk-0.3.1'), group('redis', 'sdk-0.2.7')]
  const composition = { plan: 'example-go', case: name, runner, timeoutSecs, params, groups }
  const runsFolder = freshRuns()
  const record = await run(await prepare(composition, { workspace: findWorkspace(root) }), { runsFolder, strict })
  assert.is(record.instances.length, 2 * count)
  return { record, reasons: record.instances.map(({ reason }) => reason), folder: join(runsFolder, record.run) }
}

const outcomesOf = ({ record }: Ended): readonly string[] => record.instances.map(({ outcome }) => outcome)
const four = (outcome: string): readonly string[] => Array.from({ length: 4 }, () => outcome)

/** How every case of example-go ends on a runner, both generations of the SDK in one run; `left` tells what a run left behind. */
export function exampleGo(test: Test, runner: string, left: (run: string) => Promise<readonly string[]>): void {
  test('ok succeeds, and the record names what was built', async () => {
    const ended = await both({ runner, case: 'ok' })
    assert.equal(outcomesOf(ended), four('success'), ended.reasons.join())
    const placed = JSON.stringify(ended.record.placement)
    for (const version of ['0.2.7', '0.3.1']) assert.match(placed, version)
    assert.match(placed, /"(?:sha256|digest)":"[0-9a-f]{64}"/)
    assert.match(placed, /"redis":"redis-server/)
    assert.equal(await left(ended.record.run), [])
  })

  test('ok succeeds where sync events alone count, of SDKs too that name only their group', async () => {
    const ended = await both({ runner, case: 'ok', strict: true })
    assert.equal(outcomesOf(ended), four('success'), ended.reasons.join())
    for (const { ending } of ended.record.instances) assert.is(ending.syncEvents.length, 1)
  })

  test('failure is a failure with its error, though the exit code is 0', async () => {
    const ended = await both({ runner, case: 'failure' })
    assert.equal(outcomesOf(ended), four('failure'))
    for (const reason of ended.reasons) assert.is(reason, 'failure: could not do its work')
    for (const { ending } of ended.record.instances) assert.is(ending.exit?.code, 0)
  })

  test('a panic that the SDK catches is one crash with its error, told twice or not', async () => {
    const ended = await both({ runner, case: 'panic' })
    assert.equal(outcomesOf(ended), four('crash'))
    for (const reason of ended.reasons) assert.is(reason, 'crash: nobody expected this')
  })

  for (const [how, evidence] of [
    ['panic', /exit code 2; last words: panic: nobody caught this/],
    ['exit', /exit code/],
    ['kill', /SIGKILL/],
  ] as const)
    test(`abort by ${how} is a crash with its evidence`, async () => {
      const ended = await both({ runner, case: 'abort', params: { how } })
      assert.equal(outcomesOf(ended), four('crash'))
      for (const reason of ended.reasons) assert.match(reason, evidence)
    })

  test('stall ends by time-out, with what it waited for', async () => {
    const ended = await both({ runner, case: 'stall', timeoutSecs: 8 })
    assert.equal(outcomesOf(ended), four('timeout'))
    for (const reason of ended.reasons) assert.match(reason, /^timeout after 8 s.*nobody-comes/)
  })

  test('a sync service that cannot be reached is no success, though the exit code is 0', async () => {
    const ended = await both({ runner, case: 'unreachable', timeoutSecs: 12 })
    for (const { group, outcome, ending } of ended.record.instances) {
      assert.is(outcome, group === 'websocket' ? 'crash' : 'timeout', group)
      if (group === 'websocket') assert.is(ending.exit?.code, 0)
    }
  })

  test('parameters arrive as they were given', async () => {
    const ended = await both({ runner, case: 'params', params: { text: 'a word', number: 7 } })
    assert.equal(outcomesOf(ended), four('success'), ended.reasons.join())
    for (const group of ['websocket', 'redis']) {
      const written = JSON.parse(readFileSync(join(ended.folder, group, '0', 'params.json'), 'utf8'))
      assert.equal([written.text, written.number, written.size], ['a word', 7, 2048])
    }
  })

  test('all meet at a state and hear everybody once, in one order', async () => {
    const ended = await both({ runner, case: 'sync' })
    assert.equal(outcomesOf(ended), four('success'), ended.reasons.join())
    const heard = ['websocket/0', 'websocket/1', 'redis/0', 'redis/1'].map((who) =>
      readFileSync(join(ended.folder, who, 'greetings.json'), 'utf8'),
    )
    assert.is(new Set(heard).size, 1)
    assert.is(JSON.parse(heard[0] ?? '').length, 4)
  })

  test('outputs and metrics are collected', async () => {
    const output = await both({ runner, case: 'output', params: { rows: 10 } })
    assert.equal(outcomesOf(output), four('success'), output.reasons.join())
    const paths = output.record.artifacts.map(({ path }) => path)
    for (const name of ['lines.txt', 'rows.ndjson', 'noise.bin', 'run.out'])
      assert.is(paths.filter((path) => path.endsWith(`/${name}`)).length, 4, name)
    const metrics = await both({ runner, case: 'metrics' })
    assert.equal(outcomesOf(metrics), four('success'), metrics.reasons.join())
    assert.ok(existsSync(join(metrics.folder, 'redis/0/results.out')))
  })

  test('ping-pong plays across generations', async () => {
    const ended = await both({ runner, case: 'ping-pong', count: 1 })
    assert.equal(outcomesOf(ended), ['success', 'success'], ended.reasons.join())
    const results = ['websocket', 'redis'].map((group) =>
      readFileSync(join(ended.folder, group, '0/results.out'), 'utf8'),
    )
    assert.match(results.join(), 'rtt_ms')
  })
}
