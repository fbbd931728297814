import { dot, line, link, ruleY } from '@observablehq/plot'
import type { Drawing, Ground } from './drawing.ts'
import { plotted } from './plotted.ts'

/** An estimate at a size of buckets. */
export interface PanelPoint {
  readonly bucketSize: number
  /** Null where it is unknown: then nothing stands there. */
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** One series of a panel: estimates with whiskers, and published values that are hollow. */
export interface PanelSeries {
  readonly colour: string
  readonly points: readonly PanelPoint[]
  readonly published: readonly { readonly bucketSize: number; readonly value: number }[]
}

/** What a panel shows. */
export interface BucketPanel {
  /** Name and unit of the vertical axis. */
  readonly label: string
  /** Name and unit of the horizontal axis; null where it stands below another panel. */
  readonly below: string | null
  readonly series: readonly PanelSeries[]
  /** Whether the axis has 0, with a line at it. */
  readonly zero: boolean
}

/** A panel over the size of buckets, which stands on a linear axis from 0. */
export function bucketPanel(ground: Ground, { label, below, series, zero }: BucketPanel): Drawing {
  const values = series.flatMap(({ points, published }) => [
    ...points.flatMap(({ value, low, high }) => [value, low, high].filter((each) => each !== null)),
    ...published.map(({ value }) => value),
    ...(zero ? [0] : []),
  ])
  const sizes = series.flatMap(({ points, published }) => [...points, ...published].map((each) => each.bucketSize))
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = Math.max((most - least) * 0.08, 0.005)
  return plotted(ground, {
    height: zero ? 190 : 240,
    marginBottom: below === null ? 30 : 44,
    x: { domain: [0, Math.max(...sizes) * 1.05], label: below, ticks: ground.narrow ? 5 : 10 },
    y: { domain: [least - room, most + room], label, ticks: 5 },
    marks: [zero ? ruleY([0], { strokeOpacity: 0.7 }) : null, ...series.flatMap(seriesMarks)],
  })
}

function seriesMarks({ colour, points, published }: PanelSeries) {
  const known = points.filter(({ value }) => value !== null)
  return [
    line(published, { x: 'bucketSize', y: 'value', stroke: colour, strokeOpacity: 0.5, strokeDasharray: '2 3' }),
    dot(published, { x: 'bucketSize', y: 'value', r: 6, stroke: colour, strokeWidth: 1.5, fill: 'none' }),
    link(
      known.filter(({ low, high }) => low !== null && high !== null),
      { x1: 'bucketSize', x2: 'bucketSize', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 2 },
    ),
    dot(known, { x: 'bucketSize', y: 'value', r: 3, fill: colour }),
  ]
}
