import type { Observed } from '../stats/observed/observed.ts'
import type { PairedComparison } from '../stats/paired/compare-paired.ts'
import { changeInWords } from '../stats/paired/words.ts'
import { drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { type Point, pointsAcross } from './draw/points-across.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { captionOf, methodOf, percent } from './words/words.ts'

/** A comparison on a line of its own. */
export interface PairedLine {
  readonly label: string
  readonly comparison: PairedComparison
}

/** Lines that belong together, under one another. */
export type PairedBlock = readonly PairedLine[]

/** What a figure of paired changes says. */
export interface PairedChangesOptions {
  /** What is seen. */
  readonly title: string
  /** What is compared with what: `Warm less bootstrapped`. */
  readonly compared: string
  readonly blocks: readonly PairedBlock[]
  /** Data of the runs that they are from. */
  readonly from: readonly Pick<Observed, 'records'>[]
}

/** Figure of changes within pairs relative to the baseline, one below the other, each with its 95 % interval and the band within which two networks count as alike. */
export function pairedChanges({ title, compared, blocks, from }: PairedChangesOptions): Figure {
  const lines = blocks.flat()
  const told = lines.filter(({ comparison }) => comparison.change.estimate !== null)
  const margin = lines[0]?.comparison.margin ?? 0
  const common = {
    name: 'paired-changes',
    subtitle: `${compared}, relative to the mean of the latter. The same node, key and seed on both sides are a pair. The band is ±${percent(margin)}: blue and filled where the whole interval lies within it, orange where all of it lies beyond, grey where neither can be said.`,
    caption: captionOf(
      basisOf(lines),
      methodOf(told.find(({ comparison }) => comparison.change.interval)?.comparison.change.interval),
    ),
    runs: from.flatMap((data) => drawnRuns(data)),
  }
  if (told.length === 0) return noData({ ...common, what: title, why: 'no pair tells a change' })
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${lines.map(({ label, comparison }) => `${label}: ${changeInWords(comparison)}`).join('; ')}.`,
    columns: [
      'situation',
      'entry',
      'statistic',
      'unit',
      'baseline',
      'candidate',
      'change',
      'low',
      'high',
      'verdict',
      'n',
      'unpaired',
    ],
    rows: lines.map(({ label, comparison }) => {
      const { entry, name, unit, baseline, candidate, change, verdict, n, unpaired } = comparison
      const ends = [change.estimate, change.interval?.low ?? null, change.interval?.high ?? null]
      return [label, entry, name, unit, baseline, candidate, ...ends, verdict, n, unpaired]
    }),
    draw: (ground) =>
      pointsAcross(ground, lines.map(pointOf), {
        label: 'change, %',
        domain: domainOf(told, margin),
        reference: 0,
        band: [-100 * margin, 100 * margin],
        breaks: breaksOf(blocks),
      }),
  })
}

function pointOf({ label, comparison }: PairedLine): Point {
  const { change, verdict } = comparison
  const scaled = (value: number | null | undefined) => (typeof value === 'number' ? 100 * value : null)
  return {
    label,
    value: scaled(change.estimate),
    low: scaled(change.interval?.low),
    high: scaled(change.interval?.high),
    note: changeInWords(comparison),
    ...looks[verdict],
  }
}

const beyond = { colour: colours.orange, symbol: 'diamond2', filled: true }
const looks: Readonly<Record<PairedComparison['verdict'], Pick<Point, 'colour' | 'symbol' | 'filled'>>> = {
  agrees: { colour: colours.blue, symbol: 'circle', filled: true },
  less: beyond,
  more: beyond,
  unknown: { colour: colours.grey, symbol: 'circle', filled: false },
}

/** Rows before which another block begins. */
function breaksOf(blocks: readonly PairedBlock[]): number[] {
  let rows = 0
  return blocks.slice(0, -1).map((block) => {
    rows += block.length
    return rows
  })
}

/** Every interval, and twice the margin to both sides at least. */
function domainOf(told: readonly PairedLine[], margin: number): readonly [number, number] {
  const ends = told.flatMap(({ comparison: { change } }) =>
    [change.estimate, change.interval?.low, change.interval?.high].map((end) => 100 * (end ?? 0)),
  )
  return [Math.min(-200 * margin, ...ends) * 1.05, Math.max(200 * margin, ...ends) * 1.05]
}

/** `pairs: n 1,000 (D2, D4), 500 (R1)` */
function basisOf(lines: readonly PairedLine[]): string {
  const sizes = [...new Set(lines.map(({ comparison }) => comparison.n))]
  const of = (size: number) => [
    ...new Set(lines.flatMap(({ comparison: { n, entry } }) => (n === size ? [entry] : []))),
  ]
  return `pairs: ${sizes.map((size) => `n ${size.toLocaleString('en-US')} (${of(size).join(', ')})`).join(', ')}`
}
