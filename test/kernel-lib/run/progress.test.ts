import * as assert from 'uvu/assert'
import type { RunSpec } from '../../../kernel-lib/composition/spec.ts'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import type { Ending, PlanEvent } from '../../../kernel-lib/harness/harness.ts'
import type { RunEvent } from '../../../kernel-lib/run/observer.ts'
import { runBundle, runCard } from '../../../kernel-lib/run/progress/card.ts'
import { lineProgress } from '../../../kernel-lib/run/progress/lines.ts'
import { type Progress, trackProgress } from '../../../kernel-lib/run/progress/progress.ts'
import { terminalLines } from '../../../kernel-lib/run/progress/terminal.ts'
import type { InstanceRecord, Outcome, RunRecord } from '../../../kernel-lib/run/record.ts'
import { runLines, runSummary, runsSummary } from '../../../kernel-lib/run/summary.ts'
import { describe } from '../../suite.ts'
import { warmStart } from '../composition/warm-start.ts'

const spec: RunSpec = {
  schema: 'hoplab/spec/4',
  plan: 'dht',
  case: 'find-peers',
  seed: 7,
  groups: [{ id: 'single', count: 4, program: true, role: '', version: '', params: {}, ...plainWorld }],
  network: null,
  topology: plainTopology,
  start: null,
  timeoutMs: 60_000,
}
const ending: Ending = {
  exit: { code: 0, signal: null },
  killed: null,
  fault: null,
  stdoutEvents: [],
  syncEvents: [],
  lastWords: '',
  waitingFor: null,
  startedMs: 0,
  endedMs: 3000,
}
const folder = 'runs/01K'
const begun: RunEvent = {
  kind: 'run-started',
  atMs: 0,
  run: '01K',
  folder,
  harness: 'exec',
  spec,
  specHash: '3f9c21aa00',
  source: '# run with -p nodes="4" --seed 7\nplan = "dht"\n',
}
const started = (index: number): RunEvent => ({ kind: 'started', atMs: 100, group: 'single', index })
const plan = (index: number, event: PlanEvent): RunEvent => ({
  kind: 'plan',
  atMs: 1000,
  group: 'single',
  index,
  event,
})
const instance = (index: number, outcome: Outcome, reason: string = outcome): InstanceRecord => ({
  group: 'single',
  index,
  seq: index + 1,
  outcome,
  reason,
  spoke: [],
  ending,
})
const wrote: RunEvent = {
  kind: 'wrote',
  atMs: 3000,
  artifact: { path: 'single/3/run.out', bytes: 1, sha256: '00' },
}
const instances = [
  instance(0, 'success'),
  instance(1, 'success'),
  instance(2, 'success'),
  instance(3, 'failure', 'failure: <b>no</b>\u001b[31m records'),
]
const record: RunRecord = {
  schema: 'hoplab/record/1',
  run: '01K',
  spec,
  specHash: '3f9c21aa00',
  harness: 'exec',
  strict: false,
  placement: null,
  versions: {},
  machine: null,
  startedMs: 0,
  endedMs: 6800,
  outcome: 'failure',
  instances,
  artifacts: [],
  imported: null,
}
const whole: readonly RunEvent[] = [
  begun,
  ...[0, 1, 2].map(started),
  ...[0, 1, 2].map((index) => plan(index, { stage_start_event: { name: 'bootstrap' } })),
  ...[0, 1].map((index) => plan(index, { stage_end_event: { name: 'bootstrap' } })),
  plan(0, { success_event: {} }),
  plan(2, { message_event: { message: 'joined <script>' } }),
]
const over: readonly RunEvent[] = [
  started(3),
  wrote,
  ...instances.map((one): RunEvent => ({ kind: 'ended', atMs: 3000, instance: one })),
  { kind: 'run-ended', atMs: 6800, record, folder },
]

function after(events: readonly RunEvent[]): Progress {
  const tracker = trackProgress()
  for (const event of events) tracker.take(event)
  const view = tracker.view(3100)
  if (view === null) throw new Error('nothing to see')
  return view
}

describe('progress', (test) => {
  test('counts instances by state and stages by who is through', () => {
    const view = after(whole)
    assert.equal([view.waiting, view.running, view.byOutcome.success, view.expected], [1, 2, 1, 4])
    const started = { realMs: 1000, virtualMs: null }
    assert.equal(view.stages, [{ name: 'bootstrap', entered: 3, left: 2, started, ended: null }])
    assert.is(view.lastMessage, 'single/2: joined <script>')
    assert.is(view.elapsedMs, 3100)
  })

  test('is a headline, stages, a tally and the last message on a terminal', () => {
    const lines = terminalLines(after(whole), { width: 100, colour: false })
    assert.equal(lines, [
      'dht/find-peers   4 nodes   exec   seed 7   spec 3f9c21aa',
      'bootstrap  ██████████░░░░░░░░░░       2/4   2.1 s',
      '1 waiting  2 running  ● 1 success   3.1 s',
      'single/2: joined <script>',
    ])
  })

  test('tells of a network that began warm how large it is and which tables it began with', () => {
    const idle = { ...spec.groups[0], id: 'idle', count: 996, program: false } as RunSpec['groups'][number]
    const warm = { ...spec, groups: [...spec.groups, idle], start: warmStart }
    const events = whole.map((event) => (event.kind === 'run-started' ? { ...event, spec: warm } : event))
    const words = 'warm start: kademlia tables, 100 % full, 0 % stale, table seed 1'
    const head = 'dht/find-peers   4 instances among 1,000 nodes   exec   seed 7   spec 3f9c21aa'
    const view = after(events)
    assert.equal([view.waiting, view.expected], [1, 4])
    assert.equal(terminalLines(view, { width: 100, colour: false }).slice(0, 2), [head, words])
    const bundle = runBundle(view)
    assert.match(String(bundle['text/html']), words)
    assert.equal(String(bundle['text/plain']).split('\n').slice(0, 2), [head, words])
    const summary = runSummary({ ...record, spec: warm }, folder)
    assert.is(summary.instances.expected, 4)
    const { recorded: _, ...start } = warmStart
    assert.equal(summary.start, { nodes: 1000, ...start })
    assert.is('start' in runSummary(record, folder), false)
  })

  test('tells the time of the simulated network beside the real one', () => {
    const clock = (virtualMs: number): RunEvent => ({ kind: 'clock', atMs: 1000, virtualMs })
    const [first, ...rest] = whole
    const simulated = after([first as RunEvent, clock(4000), ...rest, clock(12_400), clock(12_000)])
    assert.equal(terminalLines(simulated, { width: 100, colour: false }).slice(1, 3), [
      'bootstrap  ██████████░░░░░░░░░░       2/4   8.4 s virtual, 2.1 s',
      '1 waiting  2 running  ● 1 success   12.4 s virtual, 3.1 s',
    ])
    assert.match(String(runBundle(simulated)['text/html']), '12.4 s virtual, 3.1 s')
    assert.match(String(runBundle(simulated)['text/plain']), '12.4 s virtual, 3.1 s')
  })

  test('never wraps while it runs, and has no colour where none is asked for', () => {
    for (const width of [40, 60, 99])
      for (const line of terminalLines(after(whole), { width, colour: false })) assert.ok(line.length < width, line)
    assert.not.match(terminalLines(after(whole), { width: 80, colour: false }).join(), '\u001b')
  })

  test('names who failed, why and the file; what programs say commands no terminal', () => {
    const lines = terminalLines(after([...whole, ...over]), { width: 80, colour: false })
    assert.is(lines.at(-1), 'single/3 failure: <b>no</b> [31m records; log: runs/01K/single/3/run.out')
  })

  test('is told in plain lines where there is no terminal', () => {
    const lines: string[] = []
    const observer = lineProgress((line) => lines.push(line))
    for (const event of [...whole, ...over]) observer(event)
    assert.equal(lines, [
      'dht/find-peers   4 nodes   exec   seed 7   spec 3f9c21aa',
      'bootstrap  begun',
      'single/3 failure: <b>no</b> [31m records; log: runs/01K/single/3/run.out',
      'bootstrap  2/3 that entered',
    ])
  })
})

describe('the run card', (test) => {
  test('says the same as text and as HTML, and nothing that programs said is markup', () => {
    const live = runBundle(after(whole))
    assert.match(String(live['text/html']), 'joined &#60;script&#62;')
    assert.not.match(String(live['text/html']), '<script>')
    assert.match(String(live['text/plain']), '2 running')
    const done = runBundle(after([...whole, ...over]))
    const html = String(done['text/html'])
    for (const said of ['✕ failure', '● 3 success', 'runs/01K', 'await load(', 'hoplab run runs/01K/composition.toml'])
      assert.ok(html.includes(said), said)
    assert.not.match(html, '<b>no</b>')
    assert.is(
      String(done['text/plain']),
      [
        'dht/find-peers   4 nodes   exec   seed 7   spec 3f9c21aa',
        'failure  3 of 4 instances   6.8 s   runs/01K',
        'single/3 failure: <b>no</b> [31m records; log: runs/01K/single/3/run.out',
        'load: const data = await load("runs/01K")',
        'repeat: hoplab run runs/01K/composition.toml -p nodes="4" --seed 7',
      ].join('\n'),
    )
  })

  test('carries the summary and the record for machines', () => {
    const json = runBundle(after([...whole, ...over]))['application/vnd.hoplab.run+json'] as Record<string, unknown>
    assert.is(json.schema, 'hoplab/run-card/1')
    assert.equal(json.summary, runSummary(record, folder))
    assert.is(json.record, record)
  })

  test('is shown once and then changed in place; many events are few updates, and the end is shown at once', () => {
    const shown: { id: string; update: boolean; live: boolean }[] = []
    const card = runCard((bundle, options) => {
      const { record } = bundle['application/vnd.hoplab.run+json'] as { record: unknown }
      shown.push({ ...options, live: record === null })
    })
    card(begun)
    for (let count = 0; count < 1000; count += 1) card(plan(0, { message_event: { message: String(count) } }))
    for (const event of over) card(event)
    assert.ok(shown.length < 10, `${shown.length} times`)
    assert.equal(shown[0], { id: 'run-01K', update: false, live: true })
    assert.equal(shown.at(-1), { id: 'run-01K', update: true, live: false })
  })
})

describe('the summary of a run', (test) => {
  test('is the object that machines read', () => {
    assert.equal(runSummary(record, folder), {
      schema: 'hoplab/run/1',
      run: '01K',
      spec: '3f9c21aa00',
      outcome: 'failure',
      folder: 'runs/01K',
      harness: 'exec',
      seed: 7,
      instances: { expected: 4, success: 3, canceled: 0, unknown: 0, timeout: 0, failure: 1, crash: 0 },
    })
  })

  test('of several is as bad as the worst, and unknown of none', () => {
    assert.is(runsSummary([record], 'runs').outcome, 'failure')
    assert.is(runsSummary([], 'runs').outcome, 'unknown')
  })

  test('of a simulation says how long it took in its network, and what its seed does not decide', () => {
    const hole = { what: 'process.memoryUsage', by: 'x/y.js:3', atMs: 1204 }
    const trace = { events: 5254, sha256: '384091d2' }
    const simulated = { ...record, harness: 'sim', placement: { trace, virtualMs: 2993.6, holes: [hole] } }
    assert.is(runSummary(simulated, folder).trace, '384091d2')
    assert.equal(runLines(simulated, folder), [
      'failure  3 of 4 instances   3.0 s virtual, 6.8 s   runs/01K',
      'not decided by the seed: process.memoryUsage by x/y.js:3 at 1.204 s; a repetition may differ',
      'see: hoplab show 01K',
    ])
    const many = { ...simulated, placement: { ...simulated.placement, holes: Array(8).fill(hole) } }
    assert.is(runLines(many, folder)[6], 'not decided by the seed: 3 more; see placement.holes in record.json')
    const cut = { ...simulated, placement: { trace: null, virtualMs: 0, holes: [] } }
    assert.ok(!('trace' in runSummary(cut, folder)))
    assert.is(runLines(cut, folder)[0], 'failure  3 of 4 instances   6.8 s   runs/01K')
  })

  test('is two lines for people', () => {
    assert.equal(runLines(record, folder), ['failure  3 of 4 instances   6.8 s   runs/01K', 'see: hoplab show 01K'])
  })
})
