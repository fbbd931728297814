import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Notebook } from '../../kernel-lib/kernel/document/notebook.ts'
import { csv } from '../../publish/csv.ts'
import { unfit } from '../../publish/gate.ts'
import { pageOf } from '../../publish/page.ts'
import { publish } from '../../publish/publish.ts'
import { renderPage } from '../../publish/render/page.ts'
import { golden } from '../golden.ts'
import { describe } from '../suite.ts'
import { executed, notebook } from './executed.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'hoplab-publish-'))
const files = (at: string): string[] => readdirSync(at, { recursive: true, encoding: 'utf8' }).sort()

function written(content: unknown): string {
  const path = join(folder(), 'far.executed.ipynb')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const of = (cells: Notebook['cells']): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })

async function refusal(content: unknown): Promise<string> {
  try {
    await publish(written(content), folder())
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it was published')
}

describe('publish', (test) => {
  test('a page says title, question, answer and provenance in that order', () => {
    const page = renderPage(pageOf(notebook(), 'far.executed.ipynb'))
    const order = [
      '<h1>How far is a peer?',
      'How many hops does',
      'A lookup takes 1.00 hops',
      '2 nodes',
      'seed 7',
      'spec 3f9c21aa',
      '2023-11-14',
      'npx hoplab notebook run notebooks/far.ipynb -p nodes=2 --publish',
      'id="content"',
      'Figure 1',
    ]
    const places = order.map((text) => page.indexOf(text))
    assert.equal(
      places,
      [...places].sort((a, b) => a - b),
    )
    assert.ok(
      places.every((place) => place > 0),
      places.join(),
    )
  })

  test('a page is what it was', () => {
    golden(join(import.meta.dirname, 'goldens/far.html'), renderPage(pageOf(notebook(), 'far.executed.ipynb')))
  })

  test('a simulated run shows its trace, its virtual time, and how to repeat it alone', () => {
    const sha256 = 'c0ffee00'.padEnd(64, '1')
    const placement = { trace: { events: 42, sha256 }, virtualMs: 20_000, holes: [] }
    const simulated = JSON.stringify(notebook())
      .replaceAll('"harness":"exec"', '"harness":"sim"')
      .replace('"seed":7', `"seed":7,"trace":"${sha256}"`)
      .replace('"record":{', `"record":{"placement":${JSON.stringify(placement)},`)
    const page = renderPage(pageOf(JSON.parse(simulated), 'far.executed.ipynb'))
    assert.match(page, `title="${sha256}">trace c0ffee00</a>`)
    assert.match(page, `42 events, sha256 <code>${sha256}</code>`)
    assert.match(page, 'npx hoplab rerun 01K0000000000000000000TEST')
    assert.match(page, '2 success in 20.0 s virtual<span data-provenance>, 6.8 s, run')
  })

  test('a run that began warm says so where it is described, and with which tables', () => {
    const spec = {
      ...{ schema: 'hoplab/spec/4', plan: 'dht', case: 'find-peers', network: null, topology: { regions: null } },
      groups: [
        { count: 2, program: true },
        { count: 998, program: false },
      ],
      start: {
        tables: 'kademlia',
        fill: 0.73,
        neighbourhood: null,
        stale: 0.1,
        prefixLength: null,
        seed: 7,
        recorded: null,
      },
    }
    const warm = JSON.stringify(notebook()).replace(
      /"spec":\{"plan":"dht","case":"find-peers","groups":\[\{"count":2\}\]\}/,
      `"spec":${JSON.stringify(spec)}`,
    )
    const page = renderPage(pageOf(JSON.parse(warm), 'far.executed.ipynb'))
    const words = 'warm start: kademlia tables, 73 % full, 10 % stale, table seed 7'
    assert.match(page, `2 instances among 1,000 nodes</a>\n<a href="runs/01.json">${words}</a>\n<a href`)
    assert.match(page, `dht/find-peers, 2 instances among 1,000 nodes on exec, ${words}:`)
  })

  test('text from peers is never markup', () => {
    const page = renderPage(pageOf(notebook(), 'far.executed.ipynb'))
    assert.not.match(page, '<script>alert')
    assert.not.match(page, '<b>not markup')
    assert.is(page.match(/<script>/g)?.length, 1)
  })

  test('a page names no other host', () => {
    assert.not.match(renderPage(pageOf(notebook(), 'far.executed.ipynb')), /(?:src|href|url\()=?["'(]?https?:/)
  })

  test('publishing twice gives the same bytes, and data, record and notebook beside the page', async () => {
    const source = written(notebook())
    const [a, b] = [folder(), folder()]
    await publish(source, a)
    await publish(source, b)
    await publish(source, b)
    assert.equal(files(a), files(b))
    const kept = files(a).filter((path) => /\.\w+$/.test(path))
    assert.equal(kept, [
      'far/data/01-hops.csv',
      'far/far.ipynb',
      'far/index.html',
      'far/page.json',
      'far/runs/01.json',
      'index.html',
      'runs/01K0000000000000000000TEST/index.html',
    ])
    for (const path of kept) assert.is(readFileSync(join(a, path), 'utf8'), readFileSync(join(b, path), 'utf8'), path)
    assert.is(
      readFileSync(join(a, 'far/data/01-hops.csv'), 'utf8'),
      csv(
        ['hops', 'peer'],
        [
          [1, '<script>alert(1)</script>"&'],
          [1, 'a,"b"'],
        ],
      ),
    )
    assert.match(readFileSync(join(a, 'index.html'), 'utf8'), 'A lookup takes 1.00 hops')
  })

  test('a cell that failed is named', async () => {
    const cells = [
      executed('throw 1', 1, [{ output_type: 'error', ename: 'TypeError', evalue: 'x is not y', traceback: [] }]),
    ]
    assert.match(await refusal(of(cells)), 'cell 1 (throw 1): ended in an error, TypeError: x is not y')
  })

  test('a stale cell, one not executed and one out of order are all named at once', async () => {
    const stale = { ...executed('a', 3), source: 'b' }
    const idle = { ...executed('c', 4), execution_count: null }
    const message = await refusal(of([stale, idle, executed('d', 2)]))
    assert.match(message, 'cell 1 (b): is stale')
    assert.match(message, 'cell 2 (c): was not executed')
    assert.match(unfit(of([executed('a', 3), executed('d', 2)])).join(), 'cell 2 (d): ran before')
  })

  test('what is no notebook is refused with what to give', async () => {
    assert.match(await refusal('{"a":1}'), 'nbformat is undefined')
    assert.match(await refusal('{oops'), 'name an .ipynb file')
  })
})
