import { type Comparison, compare } from '../stats/compare.ts'
import { type MeasureName, measures } from '../stats/measures.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { type Point, pointsAcross } from './draw/points-across.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { between, capital, captionOf, counted, figureOf, methodOf, percent } from './words/words.ts'

/** What a comparison is judged by. */
export interface ComparisonOptions {
  /** Smallest change that matters, as a share of the baseline: 0.1 is ten per cent. */
  readonly margin: number
  /** Smallest difference of shares that matters (D1, D13); 0.01, one point, unless said. */
  readonly shareMargin?: number
  /** What to compare by, in this order; all that both sides have unless said. */
  readonly statistics?: readonly MeasureName[]
}

/** Figure of what changed from a baseline to a candidate: the ratio of each statistic with its interval, and the verdict against the margin. */
export function comparison(baseline: Observed, candidate: Observed, options: ComparisonOptions): Figure {
  const { margin, shareMargin = 0.01, statistics = Object.keys(measures) as MeasureName[] } = options
  const all = statistics.map((statistic) =>
    compare(baseline, candidate, { statistic, margin: measures[statistic].unit === 'share' ? shareMargin : margin }),
  )
  return drawComparison(all, [...drawnRuns(baseline), ...drawnRuns(candidate)])
}

const looks = {
  better: { sign: '●', colour: colours.blue, symbol: 'circle', filled: true },
  worse: { sign: '✕', colour: colours.vermilion, symbol: 'times', filled: false },
  same: { sign: '○', colour: colours.grey, symbol: 'circle', filled: false },
  unknown: { sign: '?', colour: colours.grey, symbol: 'square', filled: false },
} as const

/** The same from comparisons made before; those without data on either side are left out. */
export function drawComparison(all: readonly Comparison[], runs: readonly DrawnRun[]): Figure {
  const told = all.filter((each) => each.baseline.n > 0 && each.candidate.n > 0)
  const margins = new Set(told.filter((each) => each.unit !== 'share').map((each) => each.margin))
  const [margin] = margins
  const common = {
    name: 'comparison',
    subtitle:
      'Candidate over baseline, statistic by statistic: ratio with its interval, and the verdict. Better or worse: the whole interval of the change lies beyond the margin; same: within; else unknown.',
    caption: captionOf(
      told.map(basis).join('; ') || 'n 0',
      told.map(marginOf).join('; '),
      methodOf(told[0]?.ratio.interval),
    ),
    runs,
  }
  if (told.length === 0)
    return noData({
      ...common,
      what: 'Candidate against baseline',
      why: 'the two sides share no statistic that has data on both',
    })
  const title = titleOf(told)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${told.map((each) => `${each.name}: ${each.reason}`).join('; ')}.`,
    columns,
    rows: told.map(rowOf),
    draw: (ground) =>
      pointsAcross(ground, told.map(pointOf), {
        label: 'candidate / baseline (log scale)',
        domain: domainOf(told),
        log: true,
        reference: 1,
        ...(margin !== undefined && margins.size === 1 ? { band: [1 - margin, 1 + margin] as const } : {}),
      }),
  })
}

const columns = [
  'entry',
  'statistic',
  'unit',
  'baseline',
  'candidate',
  'difference',
  'ratio',
  'low',
  'high',
  'verdict',
  'n_baseline',
  'n_candidate',
] as const

function rowOf({ entry, name, unit, baseline, candidate, difference, ratio, verdict }: Comparison): readonly Cell[] {
  const { low = null, high = null } = ratio.interval ?? {}
  const sides = [baseline.estimate, candidate.estimate, difference.estimate]
  return [entry, name, unit, ...sides, ratio.estimate, low, high, verdict, baseline.n, candidate.n]
}

const basis = (each: Comparison) => `${each.entry}: n ${each.baseline.n} and ${each.candidate.n}`
const marginOf = (each: Comparison) =>
  `${each.entry} margin ${each.unit === 'share' ? `${counted(each.margin * 100, 'point')}` : percent(each.margin)}`

function titleOf(told: readonly Comparison[]): string {
  const by = (verdict: Comparison['verdict']) => told.filter((each) => each.verdict === verdict)
  const named = (['better', 'worse'] as const).flatMap((verdict) => {
    const found = by(verdict)
    return found.length === 0 ? [] : [`${verdict}: ${found.map(nameOf).join(', ')}`]
  })
  const rest = (['same', 'unknown'] as const).flatMap((verdict) => {
    const count = by(verdict).length
    return count === 0 ? [] : [`${verdict}: ${count}`]
  })
  const found = named.length > 0 ? named : ['nothing is better or worse']
  return capital([...found, ...rest].join('; '))
}

/** The measure in a few words: `lookup latency`, `requests sent per lookup`. */
const nameOf = (each: Comparison) => each.name.replace(/,.*$/, '').replace(/^(mean|median|share of) /, '')

function pointOf(each: Comparison): Point {
  const { sign, ...look } = looks[each.verdict]
  const { estimate, interval } = each.ratio
  return {
    label: `${each.entry} ${nameOf(each)}`,
    value: estimate === null || estimate <= 0 || !Number.isFinite(estimate) ? null : estimate,
    low: interval ? interval.low : null,
    high: interval ? interval.high : null,
    note: `${figureOf(estimate)} ${between(interval)} ${sign} ${each.verdict}`.replace(/ +/g, ' '),
    ...look,
  }
}

/** Ends of the axis: all finite ends of the intervals, and at least half to double. */
function domainOf(told: readonly Comparison[]): readonly [number, number] {
  const ends = told
    .flatMap(({ ratio }) => [ratio.estimate, ratio.interval?.low, ratio.interval?.high])
    .filter((value): value is number => typeof value === 'number' && value > 0 && Number.isFinite(value))
  return [Math.max(0.01, Math.min(0.6, ...ends) * 0.95), Math.min(100, Math.max(1.6, ...ends) * 1.05)]
}
