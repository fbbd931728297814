import type { AttemptOptions } from '../stats/lookups/attempts.ts'
import { latency } from '../stats/lookups/latency.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import { narrowWidth, wideWidth } from './draw/drawing.ts'
import { vegaDrawn } from './draw/vega-drawn.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, captionOf, figureOf, percent } from './words/words.ts'

const mostDrawn = 4000

/** A lookup as one point. */
export interface ScatterPoint {
  readonly lookup: string
  /** Start since the first lookup of its run, seconds. */
  readonly start_s: number
  readonly latency_ms: number
  readonly status: string
  readonly hops: number | null
  readonly requests: number
  readonly target: string
}

/** Figure of each lookup's latency by its start (D2), one point a lookup; in JupyterLab and on pages with scripts, pointing at one tells what it was. */
export function latencyScatter(data: Observed, options: AttemptOptions = {}): Promise<Figure> {
  const taken = trace(data, options)
  const starts = new Map<string, number>()
  for (const each of taken.ended) starts.set(each.run, Math.min(each.start_ms, starts.get(each.run) ?? each.start_ms))
  const points = taken.ended.map((each) => ({
    lookup: `${each.group}/${each.instance}/${each.lookup}`,
    start_s: (each.start_ms - (starts.get(each.run) ?? 0)) / 1000,
    latency_ms: each.end_ms - each.start_ms,
    status: each.status,
    hops: each.hops.hops,
    requests: each.events.filter(({ event, path }) => event === 'sent' && path >= 0).length,
    target: each.target_peer ?? each.target,
  }))
  return drawLatencyScatter(points, { latency: latency(taken).all, runs: drawnRuns(data) })
}

/** The same from points; past 4,000, every second, third, … is drawn, evenly. */
export async function drawLatencyScatter(
  points: readonly ScatterPoint[],
  { latency: about, runs }: { latency: Sample; runs: readonly DrawnRun[] },
): Promise<Figure> {
  const every = Math.max(1, Math.ceil(points.length / mostDrawn))
  const shown = points.filter((_, index) => index % every === 0)
  const common = {
    name: 'latency-scatter',
    subtitle:
      'Latency of each lookup by the time at which it began (D2). A lookup that failed took longer than its mark says.',
    caption: captionOf(basisOf(about, 'lookup'), every > 1 ? `every ${every}th lookup drawn` : 'every lookup drawn'),
    runs,
  }
  if (shown.length === 0) return noData({ ...common, what: 'Latency over time', why: 'no lookup ended' })
  const title = titleOf(points)
  const parts = {
    ...common,
    title,
    description: `${title}. The median over all attempts is ${figureOf(about.quantiles?.['0.5'])} ms; ${about.failed} of ${about.n} failed.`,
    columns: ['lookup', 'start_s', 'latency_ms', 'status', 'hops', 'requests', 'target'],
    rows: shown.map((one) => [one.lookup, one.start_s, one.latency_ms, one.status, one.hops, one.requests, one.target]),
    vegaLite: specOf(shown, wideWidth, title),
  }
  const wide = await vegaDrawn({ id: 'scatter-w', width: wideWidth, narrow: false }, specOf(shown, wideWidth, ''))
  const narrow = await vegaDrawn({ id: 'scatter-n', width: narrowWidth, narrow: true }, specOf(shown, narrowWidth, ''))
  return makeFigure({ ...parts, draw: (ground) => renamed(ground.narrow ? narrow : wide, ground.id) })
}

const renamed = (drawing: { width: number; height: number; body: string }, id: string) => ({
  ...drawing,
  body: drawing.body.replaceAll(/scatter-[wn]-/g, `${id}-`),
})

function titleOf(points: readonly ScatterPoint[]): string {
  const halves = [...points].sort((a, b) => a.start_s - b.start_s)
  const middle = Math.floor(halves.length / 2)
  const medianOf = (part: readonly ScatterPoint[]) => {
    const sorted = part
      .map((one) => (one.status === 'ok' ? one.latency_ms : Number.POSITIVE_INFINITY))
      .sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  const [first, second] = [medianOf(halves.slice(0, middle)), medianOf(halves.slice(middle))]
  if (points.length < 20 || !Number.isFinite(first / second))
    return `${percent(points.filter((one) => one.status === 'ok').length / points.length)} of ${points.length} lookups succeed`
  const change = second / first
  if (change > 0.8 && change < 1.25) return 'Lookups take about as long at the end as at the start'
  return `The median lookup takes ${figureOf(first)} ms in the first half and ${figureOf(second)} ms in the second`
}

const cross = 'M-1,-1L1,1M1,-1L-1,1'
const statuses = [
  { status: 'ok', colour: colours.blue, shape: 'circle' },
  { status: 'failed', colour: colours.vermilion, shape: cross },
  { status: 'timeout', colour: colours.orange, shape: 'diamond' },
  { status: 'absent', colour: colours.grey, shape: 'square' },
]

function specOf(points: readonly ScatterPoint[], width: number, title: string): Record<string, unknown> {
  const text = {
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  }
  const present = statuses.filter(({ status }) => points.some((one) => one.status === status))
  const domain = present.map(({ status }) => status)
  const positive = points.every((one) => one.latency_ms > 0)
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    ...(title ? { title: { text: title, color: 'currentColor', anchor: 'start' } } : {}),
    width: width - 72,
    height: width > 400 ? 260 : 220,
    padding: 6,
    background: 'transparent',
    data: { values: points },
    mark: { type: 'point', filled: false, size: points.length < 30 ? 60 : 28, strokeWidth: 1.4, opacity: 0.75 },
    encoding: {
      x: {
        field: 'start_s',
        type: 'quantitative',
        title: 'start since the first lookup, s',
        axis: { tickCount: width > 400 ? 8 : 4, titleAnchor: 'end' },
      },
      y: {
        field: 'latency_ms',
        type: 'quantitative',
        title: positive ? 'latency, ms (log scale)' : 'latency, ms',
        scale: { type: positive ? 'log' : 'linear' },
        axis: { tickCount: 4, titleAnchor: 'start', titleAngle: 0, titleAlign: 'left', titleX: -40, titleY: -8 },
      },
      color: {
        field: 'status',
        type: 'nominal',
        title: null,
        scale: { domain, range: present.map(({ colour }) => colour) },
      },
      shape: {
        field: 'status',
        type: 'nominal',
        title: null,
        scale: { domain, range: present.map(({ shape }) => shape) },
      },
      tooltip: ['lookup', 'start_s', 'latency_ms', 'status', 'hops', 'requests', 'target'].map((field) => ({ field })),
    },
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: { ...text, grid: false, domainColor: 'currentColor', tickColor: 'currentColor' },
      legend: { ...text, orient: 'top', offset: 26, symbolOpacity: 1 },
    },
  }
}
