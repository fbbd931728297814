// time limit: 240 s
import * as assert from 'uvu/assert'
import { harnessOf } from '../../../kernel-lib/harness/harnesses.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import type { RunEvent } from '../../../kernel-lib/run/observer.ts'
import { terminalBoard } from '../../../kernel-lib/run/progress/board.ts'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import { repeat } from '../../../kernel-lib/run/repeat.ts'
import { simulated } from '../../../kernel-lib/run/simulated.ts'
import { inTurns } from '../../../kernel-lib/run/turns.ts'
import { findWorkspace } from '../../../kernel-lib/run/workspace.ts'
import { describe } from '../../suite.ts'
import { experimentOf, freshRuns } from './experiment-of.ts'

const workspace = findWorkspace(import.meta.dirname)

/** What of records no number of runs at once may change. */
const lasting = (records: readonly RunRecord[]): unknown[] =>
  records.map(({ spec, specHash, outcome, placement, instances, artifacts }) => ({
    ...{ seed: spec.seed, specHash, outcome, trace: placement?.trace, virtualMs: placement?.virtualMs },
    instances: instances.map(({ group, index, seq, outcome, reason }) => ({ group, index, seq, outcome, reason })),
    files: artifacts.filter(({ path }) => path.endsWith('.ndjson')),
  }))

/** The most runs that went on at once. */
const most = (events: readonly RunEvent[]): number => {
  let [now, top] = [0, 0]
  for (const { kind } of events) {
    now += kind === 'run-started' ? 1 : kind === 'run-ended' ? -1 : 0
    top = Math.max(top, now)
  }
  return top
}

describe('repetitions', (test) => {
  test('that are simulated come out the same, in order, whether one goes on at a time or two', async () => {
    const groups = [{ id: 'nodes', count: 4, params: { n_find_peers: 1 } }]
    const composition = { plan: 'dht', case: 'find-peers', runner: 'sim', repetitions: 3, groups }
    const experiment = await prepare(composition, { workspace })
    const [live, shared]: [RunEvent[], RunEvent[]] = [[], []]
    const two = await repeat(experiment, {
      runsFolder: freshRuns(),
      atOnce: 2,
      observers: [(event) => void shared.push(event)],
      observersOf: () => [(event) => void live.push(event)],
    })
    assert.equal([most(live), most(shared)], [2, 1])
    assert.is(shared.length, live.length)
    const ended = shared.flatMap((event) => (event.kind === 'run-ended' ? [event.record.run] : []))
    assert.equal(
      ended,
      two.map(({ run }) => run),
    )
    const one = await repeat(experiment, { runsFolder: freshRuns(), atOnce: 1 })
    assert.equal(
      one.map(({ spec }) => spec),
      experiment.specs,
    )
    assert.equal(lasting(two), lasting(one))
    const traces = one.map((record) => simulated(record)?.trace?.sha256)
    assert.is(new Set(traces).size, 3)
    assert.ok(traces.every((trace) => trace !== undefined))
  })

  test('on the machine itself go on one after the other', async () => {
    const [sim, exec] = await Promise.all(['sim', 'exec'].map(harnessOf))
    assert.is(exec?.runsAtOnce(), 1)
    assert.ok(Number(sim?.runsAtOnce()) >= 1)
    const groups = [{ id: 'all', count: 1 }]
    const experiment = await experimentOf({ plan: 'ends', case: 'end', runner: 'exec', repetitions: 2, groups })
    const live: RunEvent[] = []
    const observersOf = () => [(event: RunEvent) => void live.push(event)]
    const records = await repeat(experiment, { runsFolder: freshRuns(), observersOf })
    assert.equal([records.length, most(live)], [2, 1])
  })

  test('begin no more when they are interrupted or one cannot be run, and those that had begun are ended', async () => {
    const groups = [{ id: 'all', count: 1, params: { how: 'loop' } }]
    const experiment = await experimentOf({ plan: 'ends', case: 'end', runner: 'sim', repetitions: 5, groups })
    const interrupted = new AbortController()
    const live: RunEvent[] = []
    const observersOf = () => [
      (event: RunEvent) => {
        live.push(event)
        if (live.filter(({ kind }) => kind === 'started').length === 2) interrupted.abort()
      },
    ]
    const options = { runsFolder: freshRuns(), atOnce: 2, observersOf, signal: interrupted.signal }
    const records = await repeat(experiment, options)
    assert.equal(
      records.map(({ outcome }) => outcome),
      ['canceled', 'canceled'],
    )
    const broken = { ...experiment, packaging: experiment.packaging.slice(0, 1) }
    const refusal = await repeat({ ...broken, specs: experiment.specs }, { ...options, signal: AbortSignal.abort() })
    assert.equal(refusal, [])
  })
})

describe('observers of runs that go on at once', (test) => {
  const notice = (text: string): RunEvent => ({ kind: 'notice', atMs: 0, text })

  test('are told of one run after the other, and one that fails is told of the next', async () => {
    const heard: string[] = []
    const observer = (event: RunEvent): void => {
      const text = event.kind === 'notice' ? event.text : ''
      heard.push(text)
      if (text === 'a1') throw new Error('no')
    }
    const warned = new Promise<string>((resolve) => process.once('warning', ({ message }) => resolve(message)))
    const turns = inTurns([observer], 3)
    const [a, b, c] = [0, 1, 2].map((turn) => turns.seat(turn))
    c?.(notice('c1'))
    b?.(notice('b1'))
    a?.(notice('a1'))
    a?.(notice('a2'))
    await turns.over(2, { wait: false })
    b?.(notice('b2'))
    await turns.over(0, { wait: true })
    b?.(notice('b3'))
    await turns.over(1, { wait: false })
    await turns.heard()
    assert.equal(heard, ['a1', 'b1', 'b2', 'b3', 'c1'])
    assert.match(await warned, /an observer failed at "notice"/)
  })
})

describe('a terminal on which several runs are watched', (test) => {
  test('has a line for each that runs, and above them what remains of those that ended', async () => {
    const groups = [{ id: 'all', count: 1 }]
    const experiment = await experimentOf({ plan: 'ends', case: 'end', runner: 'exec', groups })
    const events: RunEvent[] = []
    await repeat(experiment, { runsFolder: freshRuns(), observers: [(event) => void events.push(event)] })
    const written: string[] = []
    const screen = { columns: 60, rows: 24, write: (text: string) => written.push(text) }
    const latest = (): string => (written.at(-1) ?? '').replaceAll('\x1b', 'ESC')
    const board = terminalBoard(screen, { colour: false })
    const [one, two] = [board.seat('1/2'), board.seat('2/2')]
    const [last, before] = [events.at(-1) as RunEvent, events.slice(0, -1)]
    for (const event of before) await one(event)
    assert.match(latest(), /^ESC\[Jends\/end/)
    for (const event of before) await two(event)
    const both = latest()
      .replace(/^ESC\[\d+AESC\[J/, '')
      .trimEnd()
      .split('\n')
    assert.is(both.length, 2)
    assert.match(both[0] ?? '', /^1\/2 {2}seed 1 {3}.*1 success/)
    assert.ok(both.every((line) => line.length < 60))
    await two(last)
    assert.match(latest(), /^ESC\[2AESC\[Jends\/end/)
    await one(last)
    assert.match(latest(), /ends\/end {3}1 node {3}exec {3}seed 1/)
  })
})
