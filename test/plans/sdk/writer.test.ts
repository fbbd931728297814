import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { defineRecord } from '../../../plans/sdk/record.ts'
import { recordWriters } from '../../../plans/sdk/runtime/writer.ts'
import { describe } from '../../suite.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'hoplab-writer-'))
const dot = defineRecord({
  name: 'dots',
  file: 'd.ndjson',
  about: 'A dot.',
  columns: { x: { type: 'number', about: 'X.' } },
})

describe('a record writer', (test) => {
  test('a kill loses at most the last line', async () => {
    const path = folder()
    const scribe = join(import.meta.dirname, 'fixtures', 'scribe.ts')
    const child = spawn(process.execPath, ['--conditions=hoplab-source', '--import', 'tsx', scribe, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const lines = readFileSync(join(path, 'queries.ndjson'), 'utf8').split('\n')
    lines.pop()
    assert.ok(lines.length > 100, `${lines.length} lines`)
    for (const [index, line] of lines.entries()) assert.is(JSON.parse(line).path, index)
  })

  test('asking again for a record appends to the same file', () => {
    const path = folder()
    const writers = recordWriters(path)
    writers(dot).write({ x: 1 })
    writers(dot).write({ x: 2 })
    assert.is(readFileSync(join(path, 'd.ndjson'), 'utf8'), '{"x":1}\n{"x":2}\n')
  })

  test('a row that does not fit is not written and names file, column and value', () => {
    const path = folder()
    const writer = recordWriters(path)(dot)
    assert.throws(() => writer.write({ x: Number.NaN }), /d\.ndjson: column "x" is NaN; write a number/)
    assert.is(readFileSync(join(path, 'd.ndjson'), 'utf8'), '')
  })

  test('two records cannot share a file', () => {
    const writers = recordWriters(folder())
    writers(dot)
    assert.throws(
      () => writers({ ...dot, name: 'points' }),
      /d\.ndjson holds "dots"; write "points" to a file of its own/,
    )
  })
})
