import * as assert from 'uvu/assert'
import { followLogs } from '../../collectors/logs/follow.ts'
import type { LogLine } from '../../collectors/logs/line.ts'
import { openRun } from '../../collectors/logs/open-run.ts'
import { readLogs } from '../../collectors/logs/read.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { loadEvents } from '../../kernel-lib/tables/events/load-events.ts'
import { readRecord } from '../../kernel-lib/tables/read-record.ts'
import { experimentOf, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'

const groups = [
  { id: 'good', count: 3, params: { how: 'success' } },
  { id: 'late', count: 1, params: { how: 'late-crash' } },
]

describe('a run that is followed', (test) => {
  test('is told while it lives, in one order, and nothing is missing when it has ended', async () => {
    const runsFolder = freshRuns()
    let begun = (_folder: string): void => {}
    const began = new Promise<string>((resolve) => {
      begun = resolve
    })
    let over = false
    const running = run(await experimentOf({ plan: 'ends', case: 'end', groups }), {
      runsFolder,
      observers: [(event) => (event.kind === 'run-started' ? begun(event.folder) : undefined)],
    }).finally(() => {
      over = true
    })
    const folder = await began
    const lines: LogLine[] = []
    const early: LogLine[] = []
    for await (const line of followLogs(await openRun(folder), {}, { signal: new AbortController().signal })) {
      lines.push(line)
      if (!over) early.push(line)
    }
    const record = await running
    assert.ok(early.some(({ text }) => text === 'working'))
    const whole = await readLogs(folder, record)
    assert.ok(whole.length >= 3 * 5 + 1)
    const key = ({ group, index, text }: LogLine) => `${group}/${index} ${text}`
    assert.equal(lines.map(key).sort(), whole.map(key).sort())
    const timed = lines.filter(({ group }) => group === 'good').map(({ atMs }) => atMs)
    assert.equal(
      timed,
      [...timed].sort((a, b) => a - b),
    )
  })
})

describe('the table of events', (test) => {
  test('has every event of a run by time, stages by name', async () => {
    const folder = `${import.meta.dirname}/../../datasets/closest-peers-12`
    const events = await loadEvents(folder)
    const { record } = await readRecord(folder, '.')
    assert.equal(events.columnNames(), ['run', 'group', 'instance', 'seed', 'ts_ms', 'kind', 'name', 'text'])
    const rows = events.objects() as { kind: string; name: string | null; ts_ms: number }[]
    assert.is(rows.filter(({ kind }) => kind === 'success').length, record.instances.length)
    const begun = rows.filter(({ kind }) => kind === 'stage-start')
    assert.ok(begun.length > 12 && begun.every(({ name }) => typeof name === 'string'))
    assert.is(rows.filter(({ kind }) => kind === 'stage-end').length, begun.length)
    const times = rows.map(({ ts_ms }) => ts_ms)
    assert.equal(
      times,
      [...times].sort((a, b) => a - b),
    )
  })
})
