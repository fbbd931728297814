import { type Askers, type AtShare, againstShare, everybody, type SharePoint } from '../stats/shares/against-share.ts'
import { type ShareMeasureName, wordsOf } from '../stats/shares/share-measures.ts'
import { drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { withLegend } from './draw/legend.ts'
import { type ShareSeries, sharePanel } from './draw/share-panel.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { countsOf, estimateOf, shownScale, shownUnit } from './words/shown.ts'
import { between, capital, captionOf, figureOf, methodOf, percent, subtitleOf } from './words/words.ts'

/** What is drawn against the share, and of whom. */
export interface AgainstShareOptions {
  /** Entry of the analyses: D1, D2, D4, D7, D8, D9, D13 or R4; `D13-dialable` is D13 of those of the closest that can be dialed, `K5-placed` K5 of provides as they end. */
  readonly measure: ShareMeasureName
  /** What the share is of, as an axis says it: `nodes behind routers`. */
  readonly of: string
  /** Askers to tell apart, by name; all together unless said. With the networks of the places at most four lines. */
  readonly askers?: Askers
  /** Kind of lookup: `provide` or `find-providers`. Default: the one that the runs' case is about. */
  readonly kind?: string
}

/** Figure of one measure against a share of the nodes: a point with its 95 % interval at each share, n and failures in the caption. */
export function measureAgainstShare(places: readonly AtShare[], options: AgainstShareOptions): Figure {
  const { measure, of, askers = null, kind = null } = options
  const points = againstShare(places, { measure, askers, kind })
  const words = wordsOf(measure, kind)
  const [first] = points
  const common = {
    name: 'against-share',
    subtitle: first ? subtitleOf(first.sample) : `${capital(words)} (${measure}).`,
    caption: captionOf(...basesOf(points), methodsOf(points)),
    runs: places.flatMap(({ data }) => drawnRuns(data)),
  }
  if (points.every((point) => estimateOf(point.sample) === null))
    return noData({ ...common, what: capital(words), why: 'no lookup ended that tells it' })
  const title = titleOf(points, { words, of })
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${points.map(described).join('; ')}.`,
    columns,
    rows: points.map(rowOf),
    draw: (ground) => {
      const series = seriesOf(points)
      const share = first?.sample.unit === 'share'
      const drawing = sharePanel(ground, {
        label: `${words}, ${shownUnit(first?.sample.unit ?? '')}`,
        below: `${of}, %`,
        series: series.map(({ asker: _, sign: __, ...one }) => one),
        ...(share ? { most: 100 } : {}),
      })
      const keys = series.map(({ asker, sign, colour }) => ({ sign, colour, label: asker }))
      return series.length > 1 ? withLegend(ground, keys, drawing) : drawing
    },
  })
}

const columns = [
  'share',
  'asker',
  'entry',
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

function rowOf(point: SharePoint): readonly Cell[] {
  const { share, asker, sample } = point
  const { entry, unit, interval, n, expected, failed, missing, censored } = sample
  return [
    share,
    asker,
    entry,
    unit,
    estimateOf(point.sample),
    interval?.low ?? null,
    interval?.high ?? null,
    n,
    expected,
    failed,
    missing,
    censored,
  ]
}

function told(point: SharePoint, value: number | null): string {
  const { unit } = point.sample
  if (unit === 'share') return percent(value)
  return value === null ? 'unknown' : `${figureOf(value * shownScale(unit))} ${shownUnit(unit)}`
}

/** What is seen from the lowest share to the highest; where askers are told apart, what each kind sees at the highest. */
function titleOf(points: readonly SharePoint[], { words, of }: { words: string; of: string }): string {
  const shares = points.map(({ share }) => share)
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  const at = (share: number) => points.filter((point) => point.share === share)
  const value = (point: SharePoint | undefined) => (point ? told(point, estimateOf(point.sample)) : 'unknown')
  if (new Set(points.map(({ asker }) => asker)).size > 1) {
    const begun = `${capital(words)} at ${percent(most)} of ${of}`
    if (points.some(({ asker }) => asker.includes(','))) return `${begun}: ${rangeOf(at(most))}`
    return `${begun}: ${at(most)
      .map((point) => `${value(point)} ${point.asker}`)
      .join(', ')}`
  }
  const first = `${capital(words)}: ${value(at(least)[0])} at ${percent(least)} of ${of}`
  return least === most ? first : `${first}, ${value(at(most)[0])} at ${percent(most)}`
}

/** The least and the greatest value of several lines, and whose they are. */
function rangeOf(points: readonly SharePoint[]): string {
  const known = points
    .filter(({ sample }) => estimateOf(sample) !== null)
    .sort((a, b) => Number(estimateOf(a.sample)) - Number(estimateOf(b.sample)))
  const [first, last] = [known.at(0), known.at(-1)]
  if (first === undefined || last === undefined) return 'unknown'
  const [low, high] = [first, last].map((point) => told(point, estimateOf(point.sample)))
  const range = low === high ? `${low}` : `${low} (${first.asker}) to ${high} (${last.asker})`
  const hidden = points.length - known.length
  return hidden === 0 ? range : `${range}, unknown in ${hidden} of ${points.length}`
}

function described(point: SharePoint): string {
  const { share, asker, sample } = point
  const write = (value: number) =>
    sample.unit === 'share' ? percent(value) : figureOf(value * shownScale(sample.unit))
  const range = sample.interval ? ` ${between(sample.interval, write)}` : ''
  return `at ${percent(share)}, ${asker}: ${told(point, estimateOf(point.sample))}${range}`
}

/** What each kind of asker's points rest on, share by share; a number alone holds at every share. Shares that all have are told once. */
function basesOf(points: readonly SharePoint[]): string[] {
  const lines = [...new Set(points.map(({ asker }) => asker))].map((asker) => {
    const own = points.filter((point) => point.asker === asker)
    const shares = `at ${own.map(({ share }) => percent(share)).join(' / ')}`
    return { asker, shares, counts: countsOf(own.map(({ sample }) => sample)) }
  })
  const [first, ...others] = lines
  if (first === undefined) return []
  const told = others.length > 0 && others.every(({ shares }) => shares === first.shares)
  const each = lines.map(({ asker, shares, counts }) => {
    const who = [...(asker === everybody ? [] : [asker]), ...(told ? [] : [shares])].join(', ')
    return `${who}: ${counts}`
  })
  return told ? [first.shares, ...each] : each
}

/** Methods without what differs from point to point: design effects. */
function methodsOf(points: readonly SharePoint[]): string {
  const methods = points.flatMap(({ sample }) => sample.interval ?? [])
  const [first] = methods
  if (!first) return 'no interval'
  const plain = methods.map(({ method }) => method.replace(/design effect .*$/, 'with design effects'))
  return `${methodOf({ ...first, method: [...new Set(plain)].join(' or ') })}${methods.length < points.length ? ', none where nothing varies or failures hide it' : ''}`
}

const looks = [
  { colour: colours.blue, symbol: 'circle', sign: '●' },
  { colour: colours.orange, symbol: 'triangle', sign: '▲' },
  { colour: colours.green, symbol: 'square', sign: '■' },
  { colour: colours.purple, symbol: 'diamond', sign: '◆' },
] as const

function seriesOf(points: readonly SharePoint[]): (ShareSeries & { asker: string; sign: string })[] {
  const askers = [...new Set(points.map(({ asker }) => asker))]
  return askers.map((asker, index) => ({
    asker,
    ...(looks[index % looks.length] as (typeof looks)[number]),
    dots: points.filter((point) => point.asker === asker).map(dotOf),
  }))
}

function dotOf(point: SharePoint): ShareSeries['dots'][number] {
  const { share, sample } = point
  const scale = shownScale(sample.unit)
  const scaled = (value: number | null | undefined) => (typeof value === 'number' ? value * scale : null)
  return {
    share,
    value: scaled(estimateOf(point.sample)),
    low: scaled(sample.interval?.low),
    high: scaled(sample.interval?.high),
  }
}
