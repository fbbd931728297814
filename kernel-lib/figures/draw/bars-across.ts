import { barX, dot, link, ruleX, text } from '@observablehq/plot'
import { type Drawing, type Ground, textSize } from './drawing.ts'
import { textWidth } from './legend.ts'
import { plotted } from './plotted.ts'

/** One bar, named at its left and told at its right. */
export interface Bar {
  readonly label: string
  readonly value: number
  /** Ends of its whisker. */
  readonly low?: number | undefined
  readonly high?: number | undefined
  /** What stands at its end: `0.42 (0.38–0.47)`. */
  readonly note: string
  readonly colour: string
}

/** The axis below the bars. */
export interface BarsAcrossOptions {
  /** Name and unit of the axis. */
  readonly label: string
  /** Largest value that the axis must hold. */
  readonly most?: number
}

/** Horizontal bars from zero with whiskers, labelled directly. */
export function barsAcross(ground: Ground, bars: readonly Bar[], options: BarsAcrossOptions): Drawing {
  const size = textSize(ground)
  const marginLeft = Math.max(...bars.map((bar) => textWidth(bar.label, size))) + 18
  const notes = Math.max(...bars.map((bar) => textWidth(bar.note, size))) + 14
  const end = (bar: Bar) => Math.max(bar.value, bar.high ?? 0)
  const most = Math.max(options.most ?? 0, ...bars.map(end)) || 1
  return plotted(ground, {
    height: bars.length * (ground.narrow ? 34 : 38) + 62,
    marginTop: 10,
    marginLeft,
    marginRight: notes,
    x: { label: options.label, domain: [0, most], ticks: ground.narrow ? 3 : 5, labelAnchor: 'right' },
    y: { domain: bars.map((bar) => bar.label), label: null, tickSize: 0, padding: 0.35 },
    marks: [
      barX(bars, { x: 'value', y: 'label', fill: 'colour' }),
      link(
        bars.filter((bar) => bar.low !== undefined),
        { x1: 'low', x2: 'high', y1: 'label', y2: 'label', strokeWidth: 1.5 },
      ),
      dot(
        bars.filter((bar) => bar.low !== undefined),
        { x: 'value', y: 'label', r: 2.5, fill: 'currentColor' },
      ),
      text(bars, { x: end, y: 'label', dx: 8, textAnchor: 'start', text: 'note' }),
      ruleX([0]),
    ],
  })
}
