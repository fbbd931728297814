import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Notebook } from '../../kernel-lib/kernel/document/notebook.ts'
import command from '../../publish/commands/compare-pages.ts'
import { comparePages } from '../../publish/compare/compare-pages.ts'
import { withoutProvenance } from '../../publish/compare/without-provenance.ts'
import { publish } from '../../publish/publish.ts'
import { describe } from '../suite.ts'
import { executed, notebook } from './executed.ts'

const runId = '01K0000000000000000000TEST'
const otherId = '01K0000000000000000000THEN'

/** The page of a notebook as text, changed before it is published. */
async function published(change: (text: string) => string = (text) => text): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-pages-'))
  const path = join(folder, 'far.executed.ipynb')
  const printing = executed('record.run', 6, [{ output_type: 'stream', name: 'stdout', text: `${runId}\n` }])
  const whole: Notebook = { ...notebook(), cells: [...notebook().cells, printing] }
  writeFileSync(path, change(JSON.stringify(whole)))
  return dirname(await publish(path, join(folder, 'site')))
}

async function differenceFrom(change: (text: string) => string) {
  const compared = await comparePages(await published(), await published(change))
  return compared.identical ? null : compared.firstDifference
}

const replaced =
  (before: string | RegExp, after: string) =>
  (text: string): string => {
    const changed = text.replaceAll(before, after)
    assert.is.not(changed, text)
    return changed
  }

describe('comparing pages', (test) => {
  test('run id, date, wall time and Node may differ, wherever they stand', async () => {
    const changes = [
      replaced(runId, otherId),
      replaced('"startedMs":1700000000000', '"startedMs":1800000000000'),
      replaced('"endedMs":1700000006800', '"endedMs":1800000099900'),
      replaced('"node":"20.20.2"', '"node":"22.1.0"'),
    ]
    const [a, b] = [await published(), await published((text) => changes.reduce((left, change) => change(left), text))]
    assert.equal(await comparePages(a, b), { identical: true, files: 4 })
  })

  test('an answer, a version of the code, a figure and a row may not, and the first that differs is named', async () => {
    const answer = await differenceFrom(replaced('1.00 hops', '1.01 hops'))
    assert.is(answer?.file, 'index.html')
    assert.match(answer?.a ?? '', 'A lookup takes 1.00 hops')
    assert.match(answer?.b ?? '', 'A lookup takes 1.01 hops')
    assert.match((await differenceFrom(replaced('"libp2p":"3.3.11"', '"libp2p":"3.3.12"')))?.b ?? '', '3.3.12')
    assert.match((await differenceFrom(replaced('width=\\"10\\"', 'width=\\"11\\"')))?.b ?? '', 'width="11"')
    const row = await differenceFrom(replaced('[1,"a,', '[2,"a,'))
    assert.equal([row?.file, row?.line, row?.a, row?.b], ['data/01-hops.csv', 3, '1,"a,""b"""', '2,"a,""b"""'])
  })

  test('a file that one page lacks is a difference', async () => {
    const [a, b] = [await published(), await published()]
    rmSync(join(b, 'data/01-hops.csv'))
    assert.equal(await comparePages(a, b), {
      identical: false,
      firstDifference: { file: 'data/01-hops.csv', line: 0, a: 'there', b: null },
    })
  })

  test('a marked element is emptied with all that stands in it, and nothing after it', () => {
    const marked = '<p><span data-provenance>a <span>b</span>\nc</span> d</p><dd class="e" data-provenance>f</dd>g'
    const left = '<p><span data-provenance>\n</span> d</p><dd class="e" data-provenance></dd>g'
    assert.is(withoutProvenance(marked, []), left)
    assert.is(withoutProvenance('<p data-provenance-of="a">b</p>', []), '<p data-provenance-of="a">b</p>')
  })

  test('the command exits 0 where pages are identical and 1 where they differ, and refuses what is no page', async () => {
    const [a, b] = [await published(), await published(replaced('1.00 hops', '1.01 hops'))]
    const out: string[] = []
    const say = (...positionals: string[]) =>
      command.run({
        positionals,
        values: {},
        out: (line) => out.push(line),
        err: () => undefined,
        signal: new AbortController().signal,
        workspace: { root: '', folders: {} } as never,
      })
    assert.is(await say(a, a), 0)
    assert.is(await say(a, b), 1)
    assert.equal(out.slice(0, 1), ['identical  4 files, but for their provenance'])
    assert.match(out[1] ?? '', /^differs {2}index\.html, line \d+$/)
    await say(a, dirname(a)).then(
      () => assert.unreachable('not refused'),
      (error: Error) => assert.match(error.message, 'is no published page; name its folder'),
    )
  })
})
