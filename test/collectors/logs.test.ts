import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { filterOf } from '../../collectors/logs/filter.ts'
import { logLine } from '../../collectors/logs/line.ts'
import { readLogs, shownLine } from '../../collectors/logs/read.ts'
import { toldEvent } from '../../kernel-lib/tables/events/line.ts'
import { readRecord } from '../../kernel-lib/tables/read-record.ts'
import { describe } from '../suite.ts'

const folder = resolve(import.meta.dirname, '../../datasets/closest-peers-12')

describe('logs', (test) => {
  test('lines of all instances come in one order of time', async () => {
    const { record } = await readRecord(folder, '.')
    const lines = await readLogs(folder, record)
    assert.is(new Set(lines.map(({ group, index }) => `${group}/${index}`)).size, 12)
    assert.equal(
      lines.map(({ atMs }) => atMs),
      lines.map(({ atMs }) => atMs).sort((a, b) => a - b),
    )
    assert.is(lines.filter(({ text }) => text === 'success').length, 12)
  })

  test('filters leave what was asked for', async () => {
    const { record } = await readRecord(folder, '.')
    const lines = await readLogs(folder, record, filterOf({ group: 'servers', instance: '3', grep: '^stage' }))
    assert.ok(lines.length > 2)
    assert.ok(lines.every(({ group, index, text }) => group === 'servers' && index === 3 && text.startsWith('stage')))
    assert.equal(await readLogs(folder, record, { level: 'error' }), [])
    assert.equal(await readLogs(folder, record, { sinceS: 3600 }), [])
  })

  test('new events, old events and free text are told in the same words', () => {
    const lineOf = (line: string) => {
      const { timeNs, ...event } = toldEvent(line)
      return logLine({ atMs: Number(timeNs) / 1e6, group: 'a', index: 0, ...event })
    }
    const at = { group: 'a', index: 0 }
    const failed = '{"ts":2000000,"event":{"failure_event":{"group":"a","error":"no route"}}}'
    assert.equal(lineOf(failed), { ...at, atMs: 2, level: 'error', text: 'failure no route' })
    const old = '{"ts":3000000,"msg":"","event":{"type":"finish","outcome":"failed","error":"not found"}}'
    assert.equal(lineOf(old), { ...at, atMs: 3, level: 'error', text: 'failure not found' })
    assert.equal(lineOf('plain {'), { ...at, atMs: 0, level: 'info', text: 'plain {' })
    assert.equal(lineOf('{cut'), { ...at, atMs: 0, level: 'info', text: '{cut' })
  })

  test('a line for people says when, who and what', () => {
    assert.is(shownLine({ atMs: 2500, group: 'a', index: 1, level: 'info', text: 'x' }, 1000), '    1.500 s  a/1  x')
  })

  test('wrong options are refused together', () => {
    assert.throws(() => filterOf({ instance: 'x', level: 'loud', grep: '(' }), /--instance x.*--grep \(.*--level loud/s)
  })
})
