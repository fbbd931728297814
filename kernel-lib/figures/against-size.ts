import { againstSize, type SizeMeasureName, type SizePoint } from '../stats/growth/against-size.ts'
import type { SlopeSample } from '../stats/growth/slope.ts'
import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { shareMeasures } from '../stats/shares/share-measures.ts'
import { drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { withLegend } from './draw/legend.ts'
import { type SizeSeries, sizePanel } from './draw/size-panel.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { countsOf, estimateOf, listed, shownScale, shownUnit } from './words/shown.ts'
import { between, capital, captionOf, counted, figureOf, methodOf, subtitleOf } from './words/words.ts'

/** What a theory or a model says at some sizes, to stand beside what was observed. */
export interface BesideSize {
  /** `the light model`. */
  readonly label: string
  /** Drawn as a dashed line without points; a model's estimates have hollow points. */
  readonly theory?: boolean
  /** In the measure's own unit: ms, hops or messages. */
  readonly points: readonly SizePoint[]
}

/** What is drawn against the number of nodes. */
export interface AgainstSizeOptions {
  /** Entry of the analyses: D2, D4 or D7. */
  readonly measure: SizeMeasureName
  /** At most two. */
  readonly beside?: readonly BesideSize[]
  /** Told in the title. */
  readonly slope?: SlopeSample
}

/** Figure of one measure against the number of nodes, on a logarithmic axis: a point with its 95 % interval at each size. Each entry of `places` is runs of one size. */
export function measureAgainstSize(places: readonly Observed[], options: AgainstSizeOptions): Figure {
  const { measure, beside = [], slope = null } = options
  const points = againstSize(places, measure)
  const { words } = shareMeasures[measure]
  const [first] = points
  const common = {
    name: 'against-size',
    subtitle: first ? subtitleOf(first.sample) : `${capital(words)} (${measure}).`,
    caption: captionOf(basisOf(points), methodsOf(points), slopeMethod(slope)),
    runs: places.flatMap((data) => drawnRuns(data)),
  }
  if (points.every(({ sample }) => estimateOf(sample) === null))
    return noData({ ...common, what: capital(words), why: 'no lookup ended that tells it' })
  const title = titleOf(points, words, slope)
  const unit = first?.sample.unit ?? ''
  const lines = [{ label: 'observed', points }, ...beside]
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${lines.map((line) => described(line, unit)).join(' ')}`,
    columns,
    rows: [
      ...points.map(rowOf),
      ...beside.flatMap((one) => one.points.map((point) => besideRow(one, { ...point, unit }))),
    ],
    draw: (ground) => {
      const series = [
        seriesOf(points, { unit, look: 'points', at: 0 }),
        ...beside.map((one, i) => seriesOf(one.points, { unit, look: lookOf(one), at: i + 1 })),
      ]
      const drawing = sizePanel(ground, { label: `${words}, ${shownUnit(unit)}`, series })
      const keys = series.map(({ colour, look }, i) => ({ sign: signs[look], colour, label: lines[i]?.label ?? '' }))
      return beside.length > 0 ? withLegend(ground, keys, drawing) : drawing
    },
  })
}

const columns = [
  'nodes',
  'what',
  'unit',
  'value',
  'low',
  'high',
  'n',
  'expected',
  'failed',
  'missing',
  'censored',
] as const

type Observation = SizePoint & { readonly sample: Sample }

function rowOf({ nodes, sample }: Observation): readonly Cell[] {
  const { unit, interval, n, expected, failed, missing, censored } = sample
  const ends = [estimateOf(sample), interval?.low ?? null, interval?.high ?? null]
  return [nodes, 'observed', unit, ...ends, n, expected, failed, missing, censored]
}

function besideRow(
  { label }: BesideSize,
  { nodes, sample, unit }: SizePoint & { readonly unit: string },
): readonly Cell[] {
  const ends = [estimateOf(sample), sample.interval?.low ?? null, sample.interval?.high ?? null]
  return [nodes, label, unit, ...ends, null, null, null, null, null]
}

function titleOf(points: readonly Observation[], words: string, slope: SlopeSample | null): string {
  const [first, last] = [points[0], points.at(-1)]
  if (slope !== null && typeof slope.estimate === 'number') {
    const range = between(slope.interval)
    const value = [figureOf(slope.estimate), slope.unit.replace(/ per decade$/, ''), range].filter(Boolean).join(' ')
    return `${capital(words)}: ${value} more in ten times as many nodes`
  }
  if (first === undefined || last === undefined) return capital(words)
  const told = ({ nodes, sample }: Observation) => {
    const value = estimateOf(sample)
    const { unit } = sample
    const known = value === null ? 'unknown' : `${figureOf(value * shownScale(unit))} ${shownUnit(unit)}`
    return `${known} among ${nodes.toLocaleString('en-US')}`
  }
  return `${capital(words)}: ${told(first)}, ${told(last)}`
}

interface Line {
  readonly label: string
  readonly points: readonly SizePoint[]
}

function described({ label, points }: Line, unit: string): string {
  const write = (value: number | null): string => (value === null ? 'unknown' : figureOf(value * shownScale(unit)))
  const each = points.map(({ nodes, sample }) =>
    `${write(estimateOf(sample))} ${between(sample.interval, write)}`.trim().concat(` at ${counted(nodes, 'node')}`),
  )
  return `${capital(label)}, ${shownUnit(unit)}: ${each.join('; ')}.`
}

/** What the points rest on, size by size; a number alone holds at every size. */
function basisOf(points: readonly Observation[]): string {
  const sizes = listed(points.map(({ nodes }) => nodes.toLocaleString('en-US')))
  return `${sizes} nodes: ${countsOf(points.map(({ sample }) => sample))}`
}

function methodsOf(points: readonly Observation[]): string {
  const intervals = points.flatMap(({ sample }) => sample.interval ?? [])
  const [first] = intervals
  if (first === undefined) return 'no interval'
  return methodOf({ ...first, method: [...new Set(intervals.map(({ method }) => method))].join(' or ') })
}

function slopeMethod(slope: SlopeSample | null): string {
  return slope?.interval ? `growth: ${slope.definition}; interval: ${slope.interval.method}` : ''
}

const lookOf = ({ theory = false }: BesideSize): SizeSeries['look'] => (theory ? 'line' : 'hollow')
const signs = { points: '●', hollow: '○', line: '╌' } as const
const seriesInk = [colours.blue, colours.grey, colours.orange] as const

interface Drawn {
  /** Of the values, as they were measured. */
  readonly unit: string
  readonly look: SizeSeries['look']
  /** Place among the series, from 0. */
  readonly at: number
}

function seriesOf(points: readonly SizePoint[], { unit, look, at }: Drawn): SizeSeries {
  const scaled = (value: number | null | undefined) => (typeof value === 'number' ? value * shownScale(unit) : null)
  const dots = points.map(({ nodes, sample }) => {
    const { interval } = sample
    return { nodes, value: scaled(estimateOf(sample)), low: scaled(interval?.low), high: scaled(interval?.high) }
  })
  return { colour: seriesInk[at % seriesInk.length] as string, look, dots }
}
