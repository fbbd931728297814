import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { type Point, pointsAcross } from './draw/points-across.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { estimateOf, shownScale, shownUnit } from './words/shown.ts'
import { between, capital, captionOf, figureOf, methodOf, percent, subtitleOf } from './words/words.ts'

/** A sample on a line of its own. */
export interface SampleLine {
  readonly label: string
  readonly sample: Sample
  /** Grey as a baseline is, else blue as a candidate. */
  readonly baseline?: boolean
}

/** What a figure of samples says. All of them measure the same thing in the same unit. */
export interface SamplesAcrossOptions {
  /** What is seen. */
  readonly title: string
  readonly lines: readonly SampleLine[]
  /** Data of the runs that they are from; none for a model. */
  readonly from: readonly Pick<Observed, 'records'>[]
}

/** Figure of estimates of one statistic in several situations, one below the other, each with its 95 % interval. */
export function samplesAcross({ title, lines, from }: SamplesAcrossOptions): Figure {
  const told = lines.filter(({ sample }) => estimateOf(sample) !== null)
  const [first] = lines
  const common = {
    name: 'samples-across',
    subtitle: first ? subtitleOf(first.sample) : '',
    caption: captionOf(basisOf(lines), methodsOf(told)),
    runs: from.flatMap((data) => drawnRuns(data)),
  }
  if (first === undefined || told.length === 0)
    return noData({ ...common, what: title, why: 'nothing was observed that tells it' })
  const unit = first.sample.unit
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${lines.map((line) => `${line.label}: ${noteOf(line.sample)}`).join('; ')}.`,
    columns: ['situation', 'unit', 'value', 'low', 'high', 'n', 'expected', 'failed', 'missing', 'censored'],
    rows: lines.map(({ label, sample }) => {
      const { interval, n, expected, failed, missing, censored } = sample
      const ends = [estimateOf(sample), interval?.low ?? null, interval?.high ?? null]
      return [label, sample.unit, ...ends, n, expected, failed, missing, censored]
    }),
    draw: (ground) =>
      pointsAcross(ground, lines.map(pointOf), {
        label: `${capital(nameOf(first.sample))}, ${shownUnit(unit)}`,
        domain: [0, highest(told)],
      }),
  })
}

/** The measure without what tells situations apart. */
const nameOf = ({ name }: Sample): string => name.replace(/,.*$/, '')

function noteOf({ interval, unit, ...sample }: Sample): string {
  const value = estimateOf(sample)
  if (value === null) return 'unknown'
  const write = (one: number): string => (unit === 'share' ? percent(one) : figureOf(one * shownScale(unit)))
  return `${write(value)} ${between(interval, write)}`.trim()
}

function pointOf({ label, sample, baseline = false }: SampleLine): Point {
  const scaled = (value: number | null | undefined): number | null =>
    typeof value === 'number' ? value * shownScale(sample.unit) : null
  return {
    label,
    value: scaled(estimateOf(sample)),
    low: scaled(sample.interval?.low),
    high: scaled(sample.interval?.high),
    note: noteOf(sample),
    colour: baseline ? colours.grey : colours.blue,
    symbol: baseline ? 'square' : 'circle',
    filled: !baseline,
  }
}

function highest(lines: readonly SampleLine[]): number {
  const unit = lines[0]?.sample.unit ?? ''
  if (unit === 'share') return 100
  const ends = lines.flatMap(({ sample }) => [estimateOf(sample) ?? 0, sample.interval?.high ?? 0])
  return Math.max(...ends) * shownScale(unit) * 1.05 || 1
}

function basisOf(lines: readonly SampleLine[]): string {
  return lines
    .map(({ label, sample: { n, expected, failed, missing, censored } }) => {
      const lost = Object.entries({ failed, missing, censored }).filter(([, count]) => count > 0)
      const whole = (value: number) => value.toLocaleString('en-US')
      return `${label}: n ${whole(n)} of ${whole(expected)}${lost.map(([word, count]) => `, ${word} ${whole(count)}`).join('')}`
    })
    .join('; ')
}

/** Methods without what differs from line to line: design effects. */
function methodsOf(lines: readonly SampleLine[]): string {
  const intervals = lines.flatMap(({ sample }) => sample.interval ?? [])
  const [first] = intervals
  if (first === undefined) return 'no interval'
  const plain = new Set(intervals.map(({ method }) => method.replace(/design effect .*$/, 'with design effects')))
  return `${methodOf({ ...first, method: [...plain].join(' or ') })}${intervals.length < lines.length ? ', none where nothing varies' : ''}`
}
