import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Figure } from '../../../kernel-lib/figures/figure/figure.ts'
import { golden } from '../../golden.ts'
import { describe } from '../../suite.ts'
import { figuresOf } from './examples.ts'
import { madeRun } from './made-run.ts'

const folder = join(import.meta.dirname, 'goldens')

/** What is kept of a figure: its words and its SVG, an element a line, numbers cut to three decimals, the digest left out. */
function kept(figure: Figure): string {
  const name = figure.id.replace(/-[0-9a-f]{8}$/, '')
  const words = [figure.title, figure.subtitle, figure.caption, figure.description, figure.columns.join(', ')]
  const svg = figure.svg
    .replaceAll(figure.id, name)
    .replaceAll(/></g, '>\n<')
    .replaceAll(/-?\d+\.\d{4,}/g, (number) => String(Math.round(Number(number) * 1000) / 1000))
  return `${words.join('\n')}\n${figure.rows.length} rows\n${svg}\n`
}

const options = { nodes: 14, k: 4, known: 0.5, lookupsPerNode: 2, undialable: 0.2 }
const figures = () => figuresOf(madeRun(options), madeRun({ ...options, seed: 9, run: '01MADEUPOTHER0000000000000' }))

describe('figures against goldens', (test) => {
  test('every figure looks as it did', async () => {
    const names = new Map<string, number>()
    for (const figure of await figures()) {
      const name = figure.id.replace(/-[0-9a-f]{8}$/, '')
      names.set(name, (names.get(name) ?? 0) + 1)
      golden(join(folder, `${name}-${names.get(name)}.txt`), kept(figure))
    }
  })

  test('the same data gives the same bytes, in a process that drew other figures before', async () => {
    const [first, second] = [await figures(), await figures()]
    for (const [index, figure] of first.entries()) assert.is(figure.svg, second[index]?.svg)
  })
})
