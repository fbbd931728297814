import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { remark, withoutRemark } from '../../../../kernel-lib/composition/remark.ts'
import { compareTraces } from '../../../../kernel-lib/run/rerun/compare-traces.ts'
import { rerunLines } from '../../../../kernel-lib/run/rerun/lines.ts'
import type { Rerun } from '../../../../kernel-lib/run/rerun/result.ts'
import { describe } from '../../../suite.ts'
import { freshFolder } from '../fresh-folder.ts'

const event = (number: number): string => `{"t":${number / 2},"event":"data","connection":${number},"bytes":34}\n`
const many = Array.from({ length: 50_000 }, (_, at) => event(at))

/** A trace of several members, as a simulation writes it. */
function trace(...blocks: readonly string[]): string {
  const file = join(freshFolder(), 'trace.ndjson.gz')
  writeFileSync(file, Buffer.concat(blocks.map((text) => gzipSync(text))))
  return file
}

const result: Rerun = {
  schema: 'hoplab/rerun/1',
  run: '01B',
  spec: '3f',
  outcome: 'success',
  folder: 'runs/01B',
  harness: 'sim',
  seed: 1,
  instances: { expected: 1, success: 1, canceled: 0, unknown: 0, timeout: 0, failure: 0, crash: 0 },
  trace: '99aa',
  of: '01A',
  identical: true,
  files: { compared: 7, differing: 0, first: [] },
  events: 20,
  changed: [],
}

describe('two traces', (test) => {
  test('are the same however they were cut into pieces, and are hashed as one text', async () => {
    const one = trace(many.join(''))
    const two = trace(many.slice(0, 7).join(''), many.slice(7, 40_000).join(''), many.slice(40_000).join(''))
    const compared = await compareTraces(one, two)
    assert.ok(compared.same)
    assert.is(compared.same && compared.events, 50_000)
    assert.match(compared.same ? compared.sha256 : '', /^[0-9a-f]{64}$/)
  })

  test('differ at the first event that does, with both sides', async () => {
    const other = many.with(31_000, event(7)).with(40_000, event(8))
    const compared = await compareTraces(trace(many.join('')), trace(other.join('')))
    assert.equal(compared, {
      same: false,
      difference: { kind: 'event', event: 31_001, of: event(31_000).trim(), rerun: event(7).trim() },
    })
  })

  test('differ where one ends earlier', async () => {
    const [short, long] = [trace(many.slice(0, 3).join('')), trace(many.join(''))]
    const difference = { kind: 'event' as const, event: 4, of: null, rerun: event(3).trim() }
    assert.equal(await compareTraces(short, long), { same: false, difference })
    assert.equal(await compareTraces(long, short), {
      same: false,
      difference: { kind: 'event', event: 4, of: event(3).trim(), rerun: null },
    })
  })
})

describe('what is said of a repetition', (test) => {
  test('is how many events are the same and their hash', () => {
    assert.equal(rerunLines(result), [
      'identical  20 events  sha256 99aa',
      "files  7 of 7 the same but for the run's id",
    ])
  })

  test('is the time and number of the first event that differs, and both sides for people', () => {
    const firstDifference = { kind: 'event' as const, event: 4, of: null, rerun: event(3).trim() }
    const files = { compared: 7, differing: 5, first: ['a/0/x', 'a/0/y', 'a/1/x', 'a/1/y', 'a/2/x'] }
    assert.equal(rerunLines({ ...result, identical: false, firstDifference, files }), [
      'differs  at event 4, 0.0015 s in',
      '  01A  ends after 3 events',
      '  01B  0.0015 s  data  connection 3, bytes 34',
      'files  5 of 7 differ: a/0/x, a/0/y, a/1/x and 2 more',
    ])
  })

  test('is which files differ where no event does', () => {
    const files = { compared: 7, differing: 1, first: ['a/0/x'] }
    const firstDifference = { kind: 'file' as const, path: 'a/0/x' }
    assert.equal(rerunLines({ ...result, identical: false, firstDifference, files }), [
      'differs  in what instances wrote; all 20 events are the same',
      'files  1 of 7 differ: a/0/x',
    ])
  })
})

describe('the remark above a composition', (test) => {
  test('is read as it was written, whatever the values hold', () => {
    const overrides = { params: { nodes: '4', text: 'a "b"\n--seed 9 -p x="y"' }, seed: 7, runner: 'sim' }
    assert.equal(withoutRemark(`${remark(overrides)}plan = "dht"\n`), { overrides, text: 'plan = "dht"\n' })
    assert.equal(withoutRemark('plan = "dht"\n'), { overrides: {}, text: 'plan = "dht"\n' })
    assert.is(remark({}), '')
  })
})
