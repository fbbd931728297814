import type { DrawnRun } from '../data/runs.ts'
import { type Drawing, type Ground, textSize } from '../draw/drawing.ts'
import { escapeText } from '../draw/escape.ts'
import type { Figure } from './figure.ts'
import { makeFigure } from './make-figure.ts'
import { wrap } from './sheet.ts'

/** What a figure without data says. */
export interface NoData {
  /** Name of the figure it stands for: `hop-distribution`. */
  readonly name: string
  /** What would be seen: `Hops per lookup`. */
  readonly what: string
  readonly subtitle: string
  readonly caption: string
  /** Why there is nothing to draw: `no lookup ended`. */
  readonly why: string
  readonly runs: readonly DrawnRun[]
}

/** A figure that says that there is nothing to draw, and why. */
export function noData(told: NoData): Figure {
  const { what, why, ...kept } = told
  return makeFigure({
    ...kept,
    title: `${what}: unknown`,
    description: `No data: ${why}.`,
    columns: [],
    rows: [],
    draw: (ground) => empty(ground, why),
  })
}

function empty(ground: Ground, why: string): Drawing {
  const size = textSize(ground)
  const lines = ['No data', ...wrap(why, Math.floor(ground.width / (size * 0.62)))]
  const height = 72 + lines.length * size * 1.5
  const text = lines.map((line, index) => {
    const y = 36 + (index + 1) * size * 1.5 - size * 0.4
    return `<text x="${ground.width / 2}" y="${y.toFixed(1)}" ${index === 0 ? 'font-weight="600"' : 'fill-opacity="0.8"'}>${escapeText(line)}</text>`
  })
  const frame = `<rect x="1" y="8" width="${ground.width - 2}" height="${(height - 16).toFixed(1)}" rx="4" fill="none" stroke="currentColor" stroke-opacity="0.4" stroke-dasharray="4 4"/>`
  return { width: ground.width, height: Math.ceil(height), body: frame + text.join('') }
}
