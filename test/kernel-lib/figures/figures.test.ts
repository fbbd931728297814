import { from } from 'arquero'
import * as assert from 'uvu/assert'
import { escapeText } from '../../../kernel-lib/figures/draw/escape.ts'
import { display, type Figure } from '../../../kernel-lib/figures/figure/figure.ts'
import { drawLatencyEcdf } from '../../../kernel-lib/figures/latency-ecdf.ts'
import { drawRecall } from '../../../kernel-lib/figures/recall.ts'
import { drawRoutingGraph, type RoutingGraphData } from '../../../kernel-lib/figures/routing-graph.ts'
import { figureOf, inWords, percent } from '../../../kernel-lib/figures/words/words.ts'
import type { Sample } from '../../../kernel-lib/stats/sample/sample.ts'
import { describe } from '../../suite.ts'
import { figuresOf } from './examples.ts'
import { hostile, hostileRun } from './hostile.ts'
import { madeRun } from './made-run.ts'

const small = { nodes: 14, k: 4, known: 0.5, lookupsPerNode: 3 }
const idsOf = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] as string)
const some = () => figuresOf(madeRun(small), madeRun({ ...small, seed: 3 }))

describe('figures', (test) => {
  test('each says its finding, its definition and what it rests on', async () => {
    for (const figure of await some()) {
      assert.match(figure.title, /^\p{Lu}|^\d/u, figure.id)
      assert.match(figure.subtitle, /\([DR]\d+\)|Candidate over baseline/, figure.id)
      assert.match(figure.caption, /\bn \d/, figure.id)
      assert.ok(figure.description.length > 20, figure.id)
      assert.not.match(
        `${figure.title}${figure.caption}${figure.description}`,
        /undefined|NaN|\[object|null/,
        figure.id,
      )
    }
  })

  test('each tells failed, missing and censored where it counts lookups or tables', async () => {
    for (const figure of await some())
      if (!/^(comparison|lookup-diagram)/.test(figure.id))
        assert.match(figure.caption, /failed \d+, missing \d+, censored \d+/, figure.id)
  })

  test('hops say how many pairs were connected beforehand', async () => {
    const [hops] = await some()
    assert.match(hops?.caption ?? '', /of pairs were already connected \(n 42\)/)
  })

  test('a repetition with other run ids has the same id and caption', async () => {
    const again = await figuresOf(
      madeRun({ ...small, run: '01OTHER' }),
      madeRun({ ...small, seed: 3, run: '01OTHERS' }),
    )
    for (const [index, figure] of (await some()).entries()) {
      assert.is(again[index]?.id, figure.id)
      assert.is(again[index]?.caption, figure.caption)
    }
  })

  test('a cell gets HTML, an SVG file, text, and all fields for the publisher', async () => {
    for (const figure of await some()) {
      const bundle = figure[display]()
      assert.match(String(bundle['text/html']), /^<figure[\s\S]*<svg[\s\S]*<figcaption/)
      assert.match(String(bundle['image/svg+xml']), /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
      assert.ok(String(bundle['text/plain']).startsWith(figure.title))
      const fields = bundle['application/vnd.hoplab.figure+json'] as Figure & { schema: string }
      assert.is(fields.schema, 'hoplab/figure/1')
      assert.is(fields.svg, figure.svg)
      assert.ok(
        figure.rows.every((row) => row.length === figure.columns.length),
        figure.id,
      )
      assert.equal(JSON.parse(JSON.stringify(fields)), fields)
    }
  })

  test('the one that can be pointed at also gives Vega-Lite 5', async () => {
    const withSpec = (await some()).filter((figure) => figure[display]()['application/vnd.vegalite.v5+json'])
    assert.equal(
      withSpec.map((figure) => figure.id.replace(/-[0-9a-f]{8}$/, '')),
      ['latency-scatter'],
    )
  })

  test('ids of one page do not clash, and every reference has its target', async () => {
    const figures = await some()
    const ids = figures.flatMap((figure) => idsOf(figure.svg))
    assert.is(new Set(ids).size, ids.length)
    for (const figure of figures) {
      const own = new Set(idsOf(figure.svg))
      for (const id of own) assert.ok(id.startsWith(figure.id), `${id} in ${figure.id}`)
      for (const [, target] of figure.svg.matchAll(/(?:url\(#|href="#)([^)"]+)/g))
        assert.ok(own.has(target as string), target)
      for (const [, target] of figure.svg.matchAll(/aria-labelledby="([^"]+)"/g))
        for (const part of (target as string).split(' ')) assert.ok(own.has(part), part)
    }
  })

  test('styles of a figure reach no other element of the page', async () => {
    for (const figure of await some())
      for (const [, css] of figure.svg.matchAll(/<style>([^<]*)<\/style>/g))
        for (const [, selectors] of (css as string).matchAll(/([^{}]+)\{[^{}]*\}/g))
          for (const selector of (selectors as string).split(','))
            assert.ok(selector.includes(`.${figure.id}`), `${selector} in ${figure.id}`)
  })
})

describe('figures of nothing', (test) => {
  const none = () => {
    const run = madeRun({ nodes: 3, k: 4, lookupsPerNode: 1 })
    const emptied = (table: typeof run.lookups) =>
      from(table.objects())
        .filter(() => false)
        .reify()
    return {
      ...run,
      lookups: emptied(run.lookups),
      queryEvents: emptied(run.queryEvents),
      snapshots: emptied(run.snapshots),
      entries: emptied(run.entries),
    }
  }

  test('each says unknown and why, and draws', async () => {
    for (const figure of await figuresOf(none(), none())) {
      assert.match(figure.title, /: unknown$/, figure.id)
      assert.match(figure.description, /^No data: .+/, figure.id)
      assert.match(figure.svg, /No data/, figure.id)
      assert.equal(figure.rows, [], figure.id)
    }
  })

  test('a run without a single record gives no exception', async () => {
    const bare = { ...none(), records: [] }
    for (const figure of await figuresOf(bare, bare)) assert.match(figure.title, /: unknown$/, figure.id)
  })
})

describe('text from peers', (test) => {
  test('is never markup, in any output of any figure', async () => {
    const run = hostileRun(madeRun(small))
    const figures = await figuresOf(run, run)
    assert.ok(figures.some((figure) => JSON.stringify(figure.rows).includes(hostile.slice(0, 8))))
    for (const figure of figures) {
      const bundle = figure[display]()
      for (const type of ['text/html', 'image/svg+xml']) {
        assert.not.match(String(bundle[type]), /<(script|img|b)\b|<[^>]*\sonerror=[^>]*>/i, `${figure.id} ${type}`)
      }
      assert.not.match(figure.svg, /<(script|img|b)\b/i, figure.id)
    }
  })

  test('keeps no character that XML forbids', () => {
    assert.is(escapeText('a\u0000b\u001b\ud800c\udc00d😀\ufffe'), 'a\ufffdb\ufffd\ufffdc\ufffdd😀\ufffd')
    assert.is(escapeText(`<&>"'`), '&lt;&amp;&gt;&quot;&#39;')
  })
})

describe('the latency curve', (test) => {
  test('tells the share that failed of all attempts, also where successes share their latency', () => {
    const latency: Sample = {
      name: 'lookup latency',
      entry: 'D2',
      definition: 'time',
      unit: 'ms',
      n: 10,
      expected: 10,
      failed: 4,
      missing: 0,
      censored: 4,
      quantiles: { '0.5': 5, '0.9': null },
      interval: null,
    }
    const figure = drawLatencyEcdf({
      series: [{ name: 'all', latency, curve: [{ ms: 5, share: 0.6 }], band: [], failedMs: [6, 7, 8, 9] }],
      runs: [],
    })
    assert.is(figure.title, 'Half of the lookups succeed within 5 ms, 40 % fail')
    assert.match(figure.svg, /4 failed/)
  })

  test('says when fewer than half succeed', () => {
    const latency: Sample = {
      name: 'lookup latency',
      entry: 'D2',
      definition: 'time',
      unit: 'ms',
      n: 4,
      expected: 4,
      failed: 3,
      missing: 0,
      censored: 3,
      quantiles: { '0.5': null },
      interval: null,
    }
    const figure = drawLatencyEcdf({
      series: [{ name: 'all', latency, curve: [{ ms: 5, share: 0.25 }], band: [], failedMs: [6, 7, 8] }],
      runs: [],
    })
    assert.is(figure.title, 'Fewer than half of the lookups succeed; 75 % fail')
  })
})

describe('recall', (test) => {
  test('has a place of its own for lookups that return all', () => {
    const values = Array.from({ length: 40 }, (_, index) => (index < 30 ? 1 : 0.95))
    const recall: Sample = {
      name: 'recall',
      entry: 'D13',
      definition: 'share',
      unit: 'share',
      n: 40,
      expected: 40,
      failed: 0,
      missing: 0,
      censored: 0,
      mean: 0.9875,
      interval: null,
      values,
    }
    const figure = drawRecall(recall, [])
    assert.is(figure.title, 'Lookups return 98.8 % of the truly closest peers; 75 % return all of them')
    assert.equal(figure.rows.at(-1), [1, 1, 30])
    assert.equal(figure.rows.at(-2), [0.95, 1, 10])
  })
})

describe('the graph of the routing tables', (test) => {
  const ring = (size: number): RoutingGraphData => ({
    peers: Array.from({ length: size }, (_, index) => ({
      peer: `p${index}`,
      at: index / size,
      inDegree: index === 0 ? 0 : 3,
      component: index < size - 2 ? 0 : 1,
      unreachable: index === 0,
    })),
    edges: Array.from({ length: size * 3 }, (_, index) => ({
      from: index % size,
      to: (index * 7 + 1) % size,
      cpl: index % 5,
    })),
    snapshot: 'end',
    expected: size,
    missing: 0,
    clients: 0,
    components: [size - 2, 2],
    runs: [{ run: '01X', start: null }],
  })

  test('names what is cut off', () => {
    assert.is(
      drawRoutingGraph(ring(20)).title,
      '18 of 20 peers reach each other through their routing tables; 1 stands in no table',
    )
  })

  test('writes its edges once for both drawings, a path for each length of prefix', () => {
    assert.is([...drawRoutingGraph(ring(100)).svg.matchAll(/vector-effect/g)].length, 5)
  })

  test('adds edges up past a thousand peers, and stays small', () => {
    const figure = drawRoutingGraph(ring(5000))
    assert.not.match(figure.svg, /<circle/)
    assert.match(figure.subtitle, /leading bits/)
    assert.ok(figure.svg.length < 250_000, String(figure.svg.length))
    assert.is(figure.rows.length, 5000)
  })
})

describe('words of figures', (test) => {
  test('numbers have three digits at most and never a bare minus', () => {
    assert.equal([0, 0.00421, 0.316, 2.104, 84.26, 1284.4, -3.2].map(figureOf), [
      '0',
      '0.0042',
      '0.32',
      '2.1',
      '84.3',
      '1,280',
      '−3.2',
    ])
    assert.equal([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map(figureOf), [
      'unknown',
      'unknown',
      'unknown',
      'unbounded',
    ])
  })

  test('a part is never rounded to all or nothing', () => {
    assert.equal([0, 0.0001, 0.034, 0.53, 0.9996, 1].map(percent), [
      '0 %',
      'under 0.1 %',
      '3.4 %',
      '53 %',
      'over 99.9 %',
      '100 %',
    ])
  })

  test('counts up to twelve are words', () => {
    assert.equal([0, 1, 12, 13].map(inWords), ['no', 'one', 'twelve', '13'])
  })
})
