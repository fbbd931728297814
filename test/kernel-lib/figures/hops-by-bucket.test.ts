import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { display } from '../../../kernel-lib/figures/figure/figure.ts'
import { hopsByBucket } from '../../../kernel-lib/figures/hops-by-bucket.ts'
import { hopsTable } from '../../../kernel-lib/figures/hops-table.ts'
import { compareTables } from '../../../kernel-lib/stats/model/compare-tables.ts'
import { golden } from '../../golden.ts'
import { describe } from '../../suite.ts'

const compared = { baseline: 'random', candidate: 'balanced', bucketSizes: [4, 8] } as const
const study = () => compareTables({ ...compared, peers: 600, lookups: 600, sets: 3, seed: 1 })
const published = [
  { bucketSize: 4, baseline: 2.1, candidate: 2 },
  { bucketSize: 6, baseline: 1.9, candidate: 1.8 },
]

describe('the figure of hops by size of buckets', (test) => {
  test('is what it was, and the same twice', async () => {
    const [first, second] = [hopsByBucket(await study(), published), hopsByBucket(await study(), published)]
    assert.is(first.svg, second.svg)
    const words = [first.title, first.subtitle, first.caption, first.description, first.columns.join(', ')]
    const svg = first.svg.replaceAll(first.id, 'hops-by-bucket').replaceAll(/></g, '>\n<')
    golden(join(import.meta.dirname, 'goldens/hops-by-bucket-1.txt'), `${words.join('\n')}\n${svg}\n`)
  })

  test('has n, the interval and what was published where it was', async () => {
    const figure = hopsByBucket(await study(), published)
    const of = (row: number, column: string) => figure.rows[row]?.[figure.columns.indexOf(column)]
    assert.equal([of(0, 'bucket_size'), of(0, 'baseline_published'), of(0, 'n_pairs')], [4, 2.1, 1800])
    assert.is(of(1, 'candidate_published'), null)
    assert.match(figure.caption, 'n 1,800 pairs')
    assert.match(figure.caption, 'a model, in which no message is sent')
    assert.match(String(figure[display]()['text/plain']), 'No run.')
  })

  test('a table has a row for each size, and says how far off the published values are', async () => {
    const given = await study()
    const { rows, columns } = hopsTable(given, published)
    assert.is(rows.length, 2)
    const mean = given.rows[0]?.baseline.mean ?? 0
    const off = `${(100 * (mean / 2.1 - 1)).toFixed(2)} %`.replace('-', '−')
    assert.match(rows[0]?.[columns.indexOf('off by')] ?? '', off)
    assert.is(rows[1]?.[columns.indexOf('off by')], '')
    assert.is(hopsTable(given).columns.length, columns.length - 2)
  })
})
