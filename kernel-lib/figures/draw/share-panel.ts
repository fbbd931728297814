import { dot, line, link, ruleY, text } from '@observablehq/plot'
import type { Drawing, Ground } from './drawing.ts'
import { plotted } from './plotted.ts'

/** An estimate at a share; null where the data cannot tell it. */
export interface ShareDot {
  /** 0 to 1. */
  readonly share: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** One line of the panel. */
export interface ShareSeries {
  readonly colour: string
  readonly symbol: 'circle' | 'triangle' | 'square' | 'diamond'
  readonly dots: readonly ShareDot[]
}

/** What a panel shows. */
export interface SharePanel {
  /** Name and unit of the vertical axis. */
  readonly label: string
  /** What the share is of, per cent. */
  readonly below: string
  readonly series: readonly ShareSeries[]
  /** Largest value that the axis must hold: 100 for per cent. */
  readonly most?: number
}

/** Percent points by which series stand beside each other, so that their whiskers do not hide one another. */
const apart = 1.6

/** Estimates with whiskers over a share from 0 to 100 %; the vertical axis begins at 0. What is unknown stands as a question mark on top. */
export function sharePanel(ground: Ground, { label, below, series, most }: SharePanel): Drawing {
  const ends = series.flatMap(({ dots }) => dots.flatMap(({ value, low, high }) => [value, low, high]))
  const top = Math.max(most ?? 0, ...ends.filter((each) => each !== null)) || 1
  return plotted(ground, {
    height: ground.narrow ? 240 : 280,
    marginLeft: 58,
    x: { domain: [-3, 103], label: below, ticks: [0, 25, 50, 75, 100] },
    y: { domain: [0, top * 1.06], label, ticks: 5 },
    marks: [
      ruleY([0], { strokeOpacity: 0.7 }),
      ...series.flatMap((one, index) => seriesMarks(one, { top, shift: (index - (series.length - 1) / 2) * apart })),
    ],
  })
}

function seriesMarks({ colour, symbol, dots }: ShareSeries, { top, shift }: { top: number; shift: number }) {
  const placed = dots.map((each) => ({ ...each, x: each.share * 100 + shift }))
  const known = placed.filter(({ value }) => value !== null)
  const whiskers = known.filter(({ low, high }) => low !== null && high !== null)
  const unknown = placed.filter(({ value }) => value === null)
  return [
    line(known, { x: 'x', y: 'value', stroke: colour, strokeOpacity: 0.4 }),
    link(whiskers, { x1: 'x', x2: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 2 }),
    dot(known, { x: 'x', y: 'value', r: 4.5, symbol, fill: colour }),
    text(unknown, { x: 'x', y: () => top, text: () => '?', fill: colour, fontWeight: 'bold' }),
  ]
}
