import { dot, line, link, ruleY } from '@observablehq/plot'
import type { Drawing, Ground } from './drawing.ts'
import { plotted } from './plotted.ts'

/** A share at a time, per cent. */
export interface TimeDot {
  readonly time: number
  readonly value: number
  /** Null where there is no interval. */
  readonly low: number | null
  readonly high: number | null
}

/** One line over time; one without a symbol is a prediction, drawn dashed. */
export interface TimeSeries {
  readonly colour: string
  readonly symbol: 'circle' | 'triangle' | 'square' | 'diamond' | null
  readonly dots: readonly TimeDot[]
}

/** Per cent over time, with whiskers; both axes begin at 0. */
export function timePanel(
  ground: Ground,
  { label, below, series }: { readonly label: string; readonly below: string; readonly series: readonly TimeSeries[] },
): Drawing {
  const times = series.flatMap(({ dots }) => dots.map(({ time }) => time))
  const latest = Math.max(...times) || 1
  return plotted(ground, {
    height: ground.narrow ? 260 : 320,
    marginLeft: 58,
    x: { domain: [-0.02 * latest, latest * 1.03], label: below, ticks: ground.narrow ? 4 : 8 },
    y: { domain: [0, 103], label, ticks: 5 },
    marks: [
      ruleY([0], { strokeOpacity: 0.7 }),
      ...series.flatMap((one, index) => seriesMarks(one, (index - (series.length - 1) / 2) * latest * 0.004)),
    ],
  })
}

function seriesMarks({ colour, symbol, dots }: TimeSeries, shift: number) {
  const placed = dots.map((each) => ({ ...each, x: each.time + (symbol === null ? 0 : shift) }))
  const style = symbol === null ? { strokeDasharray: '4 3', strokeOpacity: 0.9 } : { strokeOpacity: 0.4 }
  const whiskers = placed.filter(({ low, high }) => low !== null && high !== null)
  return [
    line(placed, { x: 'x', y: 'value', stroke: colour, ...style }),
    ...(symbol === null
      ? []
      : [
          link(whiskers, { x1: 'x', x2: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 2 }),
          dot(placed, { x: 'x', y: 'value', r: 4, symbol, fill: colour }),
        ]),
  ]
}
