// time limit: 180 s
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { execHarness } from '../../../kernel-lib/harness/exec/exec.ts'
import type { Harness } from '../../../kernel-lib/harness/harness.ts'
import { digest } from '../../../kernel-lib/run/artifacts.ts'
import { listRuns } from '../../../kernel-lib/run/list.ts'
import type { RunEvent } from '../../../kernel-lib/run/observer.ts'
import type { InstanceRecord, RunRecord } from '../../../kernel-lib/run/record.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import { describe } from '../../suite.ts'
import { experimentOf, freshRuns } from './experiment-of.ts'

/** One group, of one instance, for each way to end. */
const ending = (plan: string, hows: readonly string[]) =>
  experimentOf({
    plan,
    case: 'end',
    timeoutSecs: 6,
    groups: hows.map((how) => ({ id: how, count: 1, params: { how } })),
  })

const outcomesOf = (record: RunRecord): Record<string, string> =>
  Object.fromEntries(record.instances.map(({ group, outcome }) => [group, outcome]))
const found = (record: RunRecord, group: string): InstanceRecord => {
  const instance = record.instances.find((one) => one.group === group)
  if (instance === undefined) throw new Error(`no instance of ${group}`)
  return instance
}

describe('a run of instances that end in every way', (test) => {
  test('judges each by its evidence, and is as bad as the worst', async () => {
    const runsFolder = freshRuns()
    const hows = ['success', 'failure', 'crash', 'silent', 'segfault', 'lie', 'loop', 'hang']
    const events: RunEvent[] = []
    const observer = (event: RunEvent): void => void events.push(event)
    const record = await run(await ending('ends', hows), { runsFolder, observers: [observer] })
    assert.equal(outcomesOf(record), {
      success: 'success',
      failure: 'failure',
      crash: 'crash',
      silent: 'unknown',
      segfault: 'crash',
      lie: 'crash',
      loop: 'timeout',
      hang: 'timeout',
    })
    assert.is(record.outcome, 'crash')
    assert.match(found(record, 'failure').reason, 'could not write its records')
    assert.match(found(record, 'crash').ending.lastWords, 'nobody caught this')
    assert.match(found(record, 'segfault').reason, 'SIGSEGV')
    assert.match(found(record, 'hang').reason, /^timeout after 6(\.\d)? s: waiting for barrier "nobody-comes"/)
    assert.is(found(record, 'loop').ending.exit?.signal, 'SIGKILL')
    assert.is(found(record, 'silent').ending.exit?.code, 0)
    orderIsKept(events)
  })

  test('tells them apart in one process, and a crash takes with it only those that had not ended', async () => {
    const runsFolder = freshRuns()
    const experiment = await experimentOf({
      plan: 'shared',
      case: 'end',
      timeoutSecs: 8,
      groups: [
        { id: 'success', count: 2, params: { how: 'success' } },
        { id: 'failure', count: 1, params: { how: 'failure' } },
        { id: 'slow', count: 1, params: { how: 'slow' } },
        { id: 'late-crash', count: 4, params: { how: 'late-crash' } },
      ],
    })
    const record = await run(experiment, { runsFolder, harness: execHarness({ cores: 2 }) })
    const shared = record.placement?.instances as Record<string, { process: number }>
    assert.is(record.placement?.processes, 2)
    assert.is(shared['success/0']?.process, shared['slow/0']?.process)
    assert.equal(outcomesOf(record), { success: 'success', failure: 'failure', slow: 'timeout', 'late-crash': 'crash' })
    const [first] = record.instances
    assert.is(first?.ending.exit, null)
    assert.ok((first?.ending.endedMs ?? 0) < found(record, 'slow').ending.endedMs - 5000)
    assert.ok(record.artifacts.some(({ path }) => path === 'processes/0/stdout.log'))
    assert.ok(record.artifacts.some(({ path }) => path === 'success/1/run.out'))
  })

  test('understands a program that only prints, in the new form and the old', async () => {
    const runsFolder = freshRuns()
    const groups = [
      { id: 'success', count: 1, params: { how: 'success' } },
      { id: 'code', count: 1, params: { how: 'code' } },
      { id: 'silent', count: 1, params: { how: 'silent' } },
    ]
    const experiment = await experimentOf({ plan: 'foreign', case: 'end', groups })
    const record = await run(experiment, { runsFolder })
    assert.equal(outcomesOf(record), { success: 'success', code: 'crash', silent: 'unknown' })
    assert.is(found(record, 'code').ending.lastWords, 'first line\nlast line')
    assert.match(found(record, 'code').reason, /exit code 7; last words: last line$/)
    const strict = await run(experiment, { runsFolder, strict: true })
    assert.equal(outcomesOf(strict), { success: 'failure', code: 'crash', silent: 'unknown' })
    const old = await experimentOf({
      plan: 'foreign',
      case: 'old',
      groups: ['ok', 'failed', 'crashed'].map((outcome) => ({ id: outcome, count: 1, params: { outcome } })),
    })
    const oldRecord = await run(old, { runsFolder })
    assert.equal(outcomesOf(oldRecord), { ok: 'success', failed: 'failure', crashed: 'crash' })
  })

  test('says who is missing at a barrier', async () => {
    const experiment = await experimentOf({
      plan: 'ends',
      case: 'meet',
      timeoutSecs: 4,
      groups: [
        { id: 'there', count: 2 },
        { id: 'away', count: 1, params: { away: true } },
      ],
    })
    const record = await run(experiment, { runsFolder: freshRuns() })
    assert.is(record.outcome, 'timeout')
    for (const { reason } of record.instances.slice(0, 2))
      assert.match(reason, /waiting for barrier "met" \(2 of 3 there; missing away\/0\)/)
  })

  test('does not let the others wait for one that crashed', async () => {
    const groups = [
      { id: 'there', count: 2 },
      { id: 'gone', count: 1, params: { crash: true } },
    ]
    const experiment = await experimentOf({ plan: 'ends', case: 'meet', timeoutSecs: 60, groups })
    const record = await run(experiment, { runsFolder: freshRuns() })
    assert.ok(record.endedMs - record.startedMs < 30_000)
    assert.equal(
      record.instances.map(({ outcome }) => outcome),
      ['failure', 'failure', 'crash'],
    )
    for (const { reason } of record.instances.slice(0, 2))
      assert.match(
        reason,
        /barrier "met" \(\d of 3 there; missing .*gone\/0; gone\/0 ended with .*\): can no longer be met/,
      )
  })

  test('survives an instance that prints lines of 10 MB', async () => {
    const runsFolder = freshRuns()
    const before = process.memoryUsage().rss
    const record = await run(await ending('ends', ['loud']), { runsFolder })
    assert.is(record.outcome, 'success')
    assert.ok(process.memoryUsage().rss - before < 150e6)
    const log = record.artifacts.find(({ path }) => path === 'loud/0/stdout.log')
    assert.ok((log?.bytes ?? 0) > 60 * 1024 * 1024)
  })
})

/** Started, files, end: in this order for each instance, and the run's own events around them. */
function orderIsKept(events: readonly RunEvent[]): void {
  assert.is(events[0]?.kind, 'run-started')
  assert.is(events.at(-1)?.kind, 'run-ended')
  const of = (group: string): string[] =>
    events.flatMap((event) => {
      if (event.kind === 'wrote') return event.artifact.path.startsWith(`${group}/`) ? ['wrote'] : []
      if (event.kind === 'ended') return event.instance.group === group ? ['ended'] : []
      if (event.kind === 'plan' && event.group === group) return [Object.keys(event.event)[0] ?? '']
      return event.kind === 'started' && event.group === group ? ['started'] : []
    })
  assert.equal(of('success'), [
    'started',
    'start_event',
    'stage_start_event',
    'message_event',
    'stage_end_event',
    'success_event',
    'wrote',
    'wrote',
    'wrote',
    'ended',
  ])
}

describe('run folders', (test) => {
  test('the same composition and seed twice: one spec hash, two folders, both complete', async () => {
    const runsFolder = freshRuns()
    const experiment = await ending('ends', ['success'])
    const records = await Promise.all([run(experiment, { runsFolder }), run(experiment, { runsFolder })])
    const [one, two] = records
    assert.is(one?.specHash, two?.specHash)
    assert.is.not(one?.run, two?.run)
    assert.equal(readdirSync(runsFolder).sort(), records.map((record) => record.run).sort())
    for (const record of records) await isComplete(record, join(runsFolder, record.run))
  })

  test('an observer that throws loses nothing but itself', async () => {
    const runsFolder = freshRuns()
    const kinds: string[] = []
    const record = await run(await ending('ends', ['success']), {
      runsFolder,
      observers: [
        () => {
          throw new Error('as observers do')
        },
        (event) => void kinds.push(event.kind),
      ],
    })
    assert.is(record.outcome, 'success')
    assert.is(kinds.at(-1), 'run-ended')
  })

  test('a run that cannot be is refused before it has a folder', async () => {
    const runsFolder = freshRuns()
    const experiment = await ending('ends', ['success'])
    const [spec] = experiment.specs
    if (spec === undefined) throw new Error('no spec')
    const network = { latencyMs: 10, jitterMs: 0, bandwidthBps: 0, loss: 0, corrupt: 0, reorder: 0, duplicate: 0 }
    await run({ ...experiment, specs: [{ ...spec, network }] }, { runsFolder }).then(
      () => assert.unreachable(),
      (error) => {
        assert.is(error.name, 'InputError')
        assert.match(error.message, /^exec cannot run this:\n {2}network: /)
      },
    )
    await run({ ...experiment, runner: 'cluster:k8s' }, { runsFolder }).then(
      () => assert.unreachable(),
      (error) => assert.is(error.name, 'AbsentError'),
    )
    assert.is(existsSync(runsFolder), false)
  })
})

describe('a harness that breaks', (test) => {
  test('leaves a record of a run that never was, and its error is ours to see', async () => {
    const runsFolder = freshRuns()
    const events: string[] = []
    const broken: Harness = {
      ...execHarness(),
      name: 'broken',
      open: () => Promise.reject(new Error('no room on this machine')),
    }
    const experiment = await ending('ends', ['success', 'failure'])
    const options = { runsFolder, harness: broken, observers: [(event: RunEvent) => void events.push(event.kind)] }
    await run(experiment, options).then(
      () => assert.unreachable(),
      (error) => assert.is(error.message, 'no room on this machine'),
    )
    const [found] = await listRuns(runsFolder)
    const record = found?.state === 'ended' ? found.record : null
    assert.is(record?.outcome, 'canceled')
    assert.is(record?.instances[1]?.reason, 'canceled: hoplab failed: no room on this machine')
    assert.equal(events, ['run-started', 'run-ended'])
  })
})

async function isComplete(record: RunRecord, folder: string): Promise<void> {
  assert.equal(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')), JSON.parse(JSON.stringify(record)))
  assert.equal(readdirSync(folder).sort(), ['composition.toml', 'record.json', 'schemas', 'success'])
  assert.equal(
    record.artifacts.map(({ path }) => path),
    ['success/0/diagnostics.ndjson', 'success/0/run.out', 'success/0/stdout.log'],
  )
  for (const { path, ...rest } of record.artifacts) assert.equal(await digest(join(folder, path)), rest)
  assert.is(record.machine?.platform, process.platform)
  assert.is(record.versions.node, process.versions.node)
  assert.ok(record.endedMs >= record.startedMs)
}
