import { axisX, dot, link, rectX, ruleX, ruleY, text } from '@observablehq/plot'
import { figureOf } from '../words/words.ts'
import { type Drawing, type Ground, textSize } from './drawing.ts'
import { textWidth } from './legend.ts'
import { plotted } from './plotted.ts'

/** One estimate on a line of its own, named at its left and told at its right. */
export interface Point {
  readonly label: string
  /** Null where it is unknown: then only the note stands. */
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly note: string
  readonly colour: string
  readonly symbol: string
  readonly filled: boolean
}

/** The axis below the points, and what stands behind them. */
export interface PointsAcrossOptions {
  /** Name and unit of the axis. */
  readonly label: string
  readonly domain: readonly [number, number]
  readonly log?: boolean
  /** Where a line is drawn for comparison: 1 for ratios. */
  readonly reference?: number
  /** Band around it: the margin within which two are the same. */
  readonly band?: readonly [number, number]
  /** Rows under which a faint line separates groups, by index. */
  readonly breaks?: readonly number[]
}

/** Estimates with whiskers, one below the other; whiskers past the axis end at its edge. */
export function pointsAcross(ground: Ground, points: readonly Point[], options: PointsAcrossOptions): Drawing {
  const layout = layoutOf(ground, points)
  const { left, right, stacked } = layout
  const rows = points.map((point, index) => ({ ...clipped(point, options.domain), row: index }))
  const { label, log, domain } = options
  return plotted(ground, {
    height: rows.length * layout.rowHeight + 62,
    marginTop: 12,
    marginLeft: left,
    marginRight: right,
    x: { domain, type: log ? 'log' : 'linear', label },
    y: { domain: [stacked ? -0.75 : -0.6, rows.length - 0.4], reverse: true, axis: null },
    marks: [
      axisX({
        ticks: log ? ratioTicks(domain, ground.width - left - right) : stacked ? 4 : 6,
        tickSize: 4,
        labelArrow: 'none',
        label,
        tickFormat: figureOf,
      }),
      ...groundMarks(rows.length, options, layout),
      ...estimateMarks(rows),
      ...wordMarks(rows, layout),
    ],
  })
}

interface Row extends Point {
  readonly row: number
}

interface Layout {
  /** Whether the words stand above their point, as on a narrow ground. */
  readonly stacked: boolean
  /** Whether label and note do not even fit on one line above it. */
  readonly tight: boolean
  readonly rowHeight: number
  readonly left: number
  readonly right: number
}

function layoutOf(ground: Ground, points: readonly Point[]): Layout {
  const size = textSize(ground)
  const widest = (text: (point: Point) => string) => Math.max(...points.map((point) => textWidth(text(point), size)))
  if (!ground.narrow) {
    const [left, right] = [widest(({ label }) => label) + 14, widest(({ note }) => note) + 18]
    return { stacked: false, tight: false, rowHeight: 30, left, right }
  }
  const tight = widest(({ label, note }) => label + note) > ground.width - 40
  return { stacked: true, tight, rowHeight: tight ? 56 : 42, left: 10, right: 14 }
}

/** The band of the margin, the line of reference, and what separates groups. */
function groundMarks(rows: number, { band, reference, breaks = [] }: PointsAcrossOptions, { stacked }: Layout) {
  const ends = { x1: '0', x2: '1', y1: -0.6, y2: rows - 0.4 }
  return [
    band ? rectX([band], { ...ends, fill: 'currentColor', fillOpacity: 0.09 }) : null,
    reference === undefined ? null : ruleX([reference], { strokeOpacity: 0.7 }),
    ruleY(
      breaks.map((row) => row - (stacked ? 0.72 : 0.5)),
      { strokeOpacity: 0.2 },
    ),
  ]
}

function estimateMarks(rows: readonly Row[]) {
  const known = rows.filter((row) => row.value !== null)
  return [
    link(
      known.filter((row) => row.low !== null && row.high !== null),
      { x1: 'low', x2: 'high', y1: 'row', y2: 'row', stroke: 'colour', strokeWidth: 2 },
    ),
    dot(known, {
      x: 'value',
      y: 'row',
      symbol: (row: Point) => row.symbol as never,
      r: 5,
      fill: (row: Point) => (row.filled ? row.colour : 'none'),
      stroke: 'colour',
      strokeWidth: 1.5,
    }),
  ]
}

function wordMarks(rows: readonly Row[], { stacked, tight }: Layout) {
  return [
    text(rows, {
      frameAnchor: 'left',
      y: 'row',
      dx: stacked ? -8 : -10,
      dy: tight ? -28 : stacked ? -15 : 0,
      textAnchor: stacked ? 'start' : 'end',
      text: 'label',
    }),
    text(rows, {
      frameAnchor: tight ? 'left' : 'right',
      y: 'row',
      dx: tight ? -8 : stacked ? 10 : 12,
      dy: stacked ? -14 : 0,
      textAnchor: tight || !stacked ? 'start' : 'end',
      text: 'note',
    }),
  ]
}

function clipped(point: Point, [from, to]: readonly [number, number]): Point {
  const inside = (value: number | null) => (value === null ? null : Math.min(to, Math.max(from, value)))
  return { ...point, value: inside(point.value), low: inside(point.low), high: inside(point.high) }
}

const ratios = [
  [0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5],
  [0.67, 0.8, 1, 1.25, 1.5],
  [0.8, 1, 1.25],
  [0.5, 0.7, 1, 1.4, 2],
  [0.25, 0.5, 1, 2, 4],
  [0.1, 0.3, 1, 3, 10],
  [0.1, 1, 10],
]

/** The densest set of round ratios inside the domain whose labels do not touch; 1 is among them. */
function ratioTicks([from, to]: readonly [number, number], room: number): number[] {
  const inside = ratios.map((set) => set.filter((value) => value >= from && value <= to))
  const apart = (set: readonly number[]) =>
    set.length > 1 &&
    set.slice(1).every((value, i) => Math.log(value / (set[i] ?? 1)) * (room / Math.log(to / from)) > 36)
  return inside.find(apart) ?? [1]
}
