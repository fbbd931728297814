import { type PlotOptions, plot } from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { type Drawing, type Ground, textSize } from './drawing.ts'
import { serialise } from './serialise.ts'

const margins = { marginTop: 30, marginRight: 20, marginBottom: 44, marginLeft: 52 }
const quiet = { tickSize: 4, labelArrow: 'none' } as const

/** Draws with Observable Plot, without a browser, on the ground given: its width, its text size, quiet axes with the name at the end. */
export function plotted(ground: Ground, options: PlotOptions): Drawing {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const svg = plot({
    ...margins,
    ...options,
    x: { ...quiet, ...options.x },
    y: { ...quiet, ...options.y },
    document: document as unknown as Document,
    width: ground.width,
    figure: false,
    className: 'hl',
    style: { fontSize: String(textSize(ground)) },
  }) as unknown as Element
  const children = [...svg.children].map((child, index) => serialise(child, `${ground.id}-${index}`))
  return { width: ground.width, height: Number(svg.getAttribute('height')), body: children.join('') }
}
