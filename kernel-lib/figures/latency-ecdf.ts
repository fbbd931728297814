import { areaY, dot, line, ruleY, text } from '@observablehq/plot'
import type { Sample } from '../stats/sample/sample.ts'
import type { DrawnRun } from './data/runs.ts'
import { colours, seriesColour } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { plotted } from './draw/plotted.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, captionOf, counted, figureOf, methodOf, percent, subtitleOf } from './words/words.ts'

/** A point of a distribution curve: the share of all attempts that had succeeded by `ms`. */
export interface CurvePoint {
  readonly ms: number
  readonly share: number
}

/** Bounds of that share, from one `ms` to the next. */
export interface BandPoint {
  readonly ms: number
  readonly low: number
  readonly high: number
}

/** The attempts of one run, group or side. */
export interface LatencySeries {
  /** As it stands beside the curve; from peers or people, shown as text. */
  readonly name: string
  /** D2 over all attempts; `quantiles` are null where censoring hides them. */
  readonly latency: Sample
  /** Ascending in `ms`, one point for each success. */
  readonly curve: readonly CurvePoint[]
  /** Ascending in `ms`; empty where there is none. */
  readonly band: readonly BandPoint[]
  /** When each failed attempt ended, ms after its start: it took longer than this. */
  readonly failedMs: readonly number[]
}

/** What a latency curve is drawn from. */
export interface LatencyData {
  readonly series: readonly LatencySeries[]
  readonly runs: readonly DrawnRun[]
}

/** Share of all attempts that succeeded within a time (D2); failures keep the curve below 1 and are marked where they ended. */
export function drawLatencyEcdf(data: LatencyData): Figure {
  const first = data.series[0]
  const common = {
    name: 'latency-ecdf',
    subtitle: first
      ? subtitleOf({ ...first.latency, name: first.latency.name.replace(/ \(median\)$/, '') })
      : 'Lookup latency (D2).',
    caption: captionOf(...data.series.map((one) => basis(one, data.series.length)), medianWords(first)),
    runs: data.runs,
  }
  const drawn = data.series.filter((one) => one.curve.length > 0)
  if (!first || drawn.length === 0) return noData({ ...common, what: 'Lookup latency', why: 'no lookup succeeded' })
  const title = titleOf(drawn)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${data.series.map((one) => `${counted(one.failedMs.length, 'attempt')} of ${one.latency.expected} failed${data.series.length > 1 ? ` in ${one.name}` : ''}`).join('; ')}.`,
    columns: ['series', 'latency_ms', 'ok', 'share_within'],
    rows: data.series.flatMap((one) => [
      ...one.curve.map((point) => [one.name, point.ms, true, point.share]),
      ...one.failedMs.map((ms) => [one.name, ms, false, null]),
    ]),
    draw: (ground) => draw(ground, drawn),
  })
}

/** How the interval of the median and the band around the curve were made. */
function medianWords(one: LatencySeries | undefined): string {
  const band = one && one.band.length > 0 ? '; band: 95 % at each time, wilson with the design effect' : ''
  return `median: ${methodOf(one?.latency.interval)}${band}`
}

function basis(one: LatencySeries, of: number): string {
  return `${of > 1 ? `${one.name}: ` : ''}${basisOf(one.latency, 'lookup')}`
}

function titleOf(drawn: readonly LatencySeries[]): string {
  const [first] = drawn
  if (first && drawn.length === 1) return finding(first)
  const medians = drawn.map((one) => {
    const median = quantile(one, 0.5)
    return `${median === null ? 'never' : `within ${figureOf(median)} ms`} (${one.name})`
  })
  return `Half of the lookups succeed ${medians.join(', ')}`
}

function finding(one: LatencySeries): string {
  const median = quantile(one, 0.5)
  const high = quantile(one, 0.9)
  const failed = one.failedMs.length / one.latency.n
  if (median === null) return `Fewer than half of the lookups succeed; ${percent(failed)} fail`
  const rest = high === null ? `${percent(failed)} fail` : `90 % within ${figureOf(high)} ms`
  return `Half of the lookups succeed within ${figureOf(median)} ms, ${rest}`
}

const quantile = (one: LatencySeries, p: number): number | null => one.latency.quantiles?.[String(p)] ?? null

function draw(ground: Ground, series: readonly LatencySeries[]): Drawing {
  const times = series.flatMap((one) => [...one.curve.map((point) => point.ms), ...one.failedMs])
  const latest = Math.max(...times)
  const earliest = Math.min(...times.filter((ms) => ms > 0), latest)
  const log = latest / earliest > 60
  const start = log ? earliest * 0.8 : 0
  const right = ground.narrow ? 92 : 128
  return plotted(ground, {
    height: ground.narrow ? 300 : 340,
    marginRight: right,
    x: {
      label: log ? 'latency, ms (log scale)' : 'latency, ms',
      type: log ? 'log' : 'linear',
      domain: [start, latest * (log ? 1.1 : 1.02)],
      ticks: ground.narrow ? 4 : 6,
      ...(log ? { tickFormat: ',' } : {}),
    },
    y: { label: 'attempts that succeeded by then, %', domain: [0, 100], ticks: 5 },
    marks: [
      ruleY([0]),
      ruleY([100], { strokeOpacity: 0.4, strokeDasharray: '2 3' }),
      ...series.flatMap((one, index) =>
        marksOf(one, { colour: seriesColour(index), start, latest, named: series.length > 1 }),
      ),
      ...endLabels(series, latest, ground),
    ],
  })
}

interface Look {
  readonly colour: string
  readonly start: number
  readonly latest: number
  readonly named: boolean
}

function marksOf(one: LatencySeries, look: Look) {
  const last = one.curve.at(-1)
  const points = [{ ms: look.start, share: 0 }, ...one.curve, ...(last ? [{ ...last, ms: look.latest }] : [])]
  const lastBand = one.band.at(-1)
  const band = lastBand ? [...one.band, { ...lastBand, ms: look.latest }] : []
  const percentOf = (point: CurvePoint) => point.share * 100
  const step = { curve: 'step-after' } as const
  const failures = one.failedMs.map((ms) => ({ ms, share: one.curve.findLast((point) => point.ms <= ms)?.share ?? 0 }))
  const quantiles = [0.5, 0.9].flatMap((p) => {
    const ms = quantile(one, p)
    return ms === null ? [] : [{ ms, share: p }]
  })
  return [
    areaY(band, {
      x: 'ms',
      y1: (point) => point.low * 100,
      y2: (point) => point.high * 100,
      curve: 'linear',
      fill: look.colour,
      fillOpacity: 0.18,
    }),
    line(points, { x: 'ms', y: percentOf, ...step, stroke: look.colour, strokeWidth: 2 }),
    one.latency.n < 30 ? dot(one.curve, { x: 'ms', y: percentOf, r: 3, fill: look.colour }) : null,
    dot(failures, {
      x: 'ms',
      y: percentOf,
      symbol: 'times',
      r: one.failedMs.length > 20 ? 3 : 4,
      stroke: colours.vermilion,
    }),
    dot(quantiles, { x: 'ms', y: percentOf, r: 4, fill: look.colour, stroke: 'currentColor' }),
    look.named
      ? null
      : text(quantiles, {
          x: 'ms',
          y: percentOf,
          dx: 9,
          dy: 9,
          textAnchor: 'start',
          text: (point) => `p${point.share * 100} ${figureOf(point.ms)} ms`,
        }),
  ]
}

/** Labels at the curves' ends, pushed apart so that none covers another. */
function endLabels(series: readonly LatencySeries[], latest: number, ground: Ground) {
  const line = ground.narrow ? 7 : 6
  const ends = series
    .map((one, index) => ({
      colour: seriesColour(index),
      name: series.length > 1 ? one.name : '',
      failed: one.failedMs.length,
      at: (one.curve.at(-1)?.share ?? 0) * 100,
    }))
    .sort((a, b) => b.at - a.at)
  let above = Number.POSITIVE_INFINITY
  const placed = ends.map((end) => {
    const lines = end.name ? 2 : 1
    const y = Math.min(end.at, above - (lines * line) / 2)
    above = y - (lines * line) / 2
    return { ...end, y }
  })
  return [
    series.length > 1
      ? text(placed, { x: latest, y: 'y', dx: 10, textAnchor: 'start', text: () => '●', fill: 'colour' })
      : null,
    text(placed, {
      x: latest,
      y: 'y',
      dx: series.length > 1 ? 24 : 10,
      textAnchor: 'start',
      text: (end) => [end.name, `${end.failed} failed`].filter(Boolean).join('\n'),
    }),
  ]
}
