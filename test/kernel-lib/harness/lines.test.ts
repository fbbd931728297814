import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as assert from 'uvu/assert'
import { capture } from '../../../kernel-lib/harness/output/capture.ts'
import { lineLimit, splitLines } from '../../../kernel-lib/harness/output/lines.ts'
import { lastWords } from '../../../kernel-lib/harness/output/words.ts'
import { describe } from '../../suite.ts'
import { freshFolder } from '../run/fresh-folder.ts'

function split(...chunks: string[]): [string, boolean][] {
  const lines: [string, boolean][] = []
  const splitter = splitLines((line, cut) => lines.push([line, cut]))
  for (const chunk of chunks) splitter.push(Buffer.from(chunk))
  splitter.end()
  return lines
}

describe('lines of a stream', (test) => {
  test('are whole whatever the pieces they come in', () => {
    const whole = [
      ['one', false],
      ['', false],
      ['zwei ü', false],
      ['last', false],
    ]
    assert.equal(split('one\n\nzwei ü\r\nlast'), whole)
    assert.equal(split('o', 'ne', '\n', '\nzwei ü\r', '\nla', 'st'), whole)
  })

  test('a line over the limit gives its beginning, and the next is whole', () => {
    const [long, next] = split('x'.repeat(lineLimit), 'yz\n', 'next\n')
    assert.is(long?.[0], 'x'.repeat(lineLimit))
    assert.is(long?.[1], true)
    assert.equal(next, ['next', false])
  })

  test('a gigabyte without a line feed takes little memory and is captured up to the limit', async () => {
    const chunk = Buffer.alloc(64 * 1024, 120)
    const before = process.memoryUsage().rss
    let most = 0
    function* gigabyte() {
      for (let count = 0; count < 16 * 1024; count += 1) {
        if (count % 256 === 0) most = Math.max(most, process.memoryUsage().rss - before)
        yield chunk
      }
    }
    const file = join(freshFolder(), 'deep', 'stdout.log')
    const lines: [number, boolean][] = []
    await capture(Readable.from(gigabyte(), { objectMode: true }), file, (line, cut) => lines.push([line.length, cut]))
    assert.equal(lines, [[lineLimit, true]])
    assert.ok(most < 100e6, `${most} bytes`)
    assert.match(readFileSync(file).subarray(-60).toString(), 'cut here')
    assert.ok(statSync(file).size < 300e6)
  })

  test('last words are the last 32 lines', () => {
    const words = lastWords()
    for (let line = 0; line < 100; line += 1) words.add(`line ${line}`)
    words.add('z'.repeat(5000))
    assert.is(words.text().split('\n').length, 32)
    assert.match(words.text(), /^line 69\n/)
    assert.ok(words.text().length < 2000)
  })
})
