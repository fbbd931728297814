import { dot, line, link, ruleY, text } from '@observablehq/plot'
import type { Drawing, Ground } from './drawing.ts'
import { plotted } from './plotted.ts'

/** An estimate in networks of one size; null where the data cannot tell it. */
export interface SizeDot {
  readonly nodes: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** One line of the panel. */
export interface SizeSeries {
  readonly colour: string
  readonly look: 'points' | 'hollow' | 'line'
  readonly dots: readonly SizeDot[]
}

/** What a panel shows. */
export interface SizePanel {
  /** Name and unit of the vertical axis. */
  readonly label: string
  readonly series: readonly SizeSeries[]
}

/** Estimates with whiskers over the number of nodes, on a logarithmic axis; the vertical axis begins at 0. What is unknown stands as a question mark on top. */
export function sizePanel(ground: Ground, { label, series }: SizePanel): Drawing {
  const all = series.flatMap(({ dots }) => dots)
  const top = Math.max(...all.flatMap(({ value, low, high }) => [value ?? 0, low ?? 0, high ?? 0])) || 1
  const sizes = all.map(({ nodes }) => nodes)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  const powers = Array.from({ length: 10 }, (_, power) => 10 ** power)
  const inside = powers.filter((power) => power >= least / 1.4 && power <= most * 1.4)
  return plotted(ground, {
    height: ground.narrow ? 250 : 300,
    marginLeft: 58,
    marginRight: 34,
    x: {
      type: 'log',
      domain: [least / 1.4, most * 1.4],
      label: 'nodes, logarithmic',
      ticks: inside.length > 1 ? inside : [...new Set(sizes)],
      tickFormat: (nodes: number) => nodes.toLocaleString('en-US'),
    },
    y: { domain: [0, top * 1.06], label, ticks: 5 },
    marks: [ruleY([0], { strokeOpacity: 0.7 }), ...series.flatMap((one) => seriesMarks(one, top))],
  })
}

function seriesMarks({ colour, look, dots }: SizeSeries, top: number) {
  const known = dots.filter(({ value }) => value !== null)
  const whiskers = known.filter(({ low, high }) => low !== null && high !== null)
  if (look === 'line')
    return [line(known, { x: 'nodes', y: 'value', stroke: colour, strokeWidth: 1.5, strokeDasharray: '6 4' })]
  const fill = look === 'hollow' ? 'none' : colour
  return [
    link(whiskers, { x1: 'nodes', x2: 'nodes', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 2 }),
    line(known, { x: 'nodes', y: 'value', stroke: colour, strokeOpacity: 0.4 }),
    dot(known, { x: 'nodes', y: 'value', r: 4.5, stroke: colour, strokeWidth: 1.5, fill }),
    text(
      dots.filter(({ value }) => value === null),
      { x: 'nodes', y: () => top, text: () => '?', fill: colour, fontWeight: 'bold' },
    ),
  ]
}
