import { createHash } from 'node:crypto'
import type { DrawnRun } from '../data/runs.ts'
import { type Draw, narrowWidth, wideWidth } from '../draw/drawing.ts'
import { rootSvg } from '../draw/root.ts'
import { startNote } from '../words/start-note.ts'
import { capital, runsOf } from '../words/words.ts'
import { bundle } from './bundle.ts'
import { type Cell, display, type Figure } from './figure.ts'
import { sheetSvg } from './sheet.ts'

/** What a figure is made from. */
export interface FigureParts {
  /** First part of the id: `hop-distribution`. */
  readonly name: string
  readonly title: string
  readonly subtitle: string
  readonly caption: string
  readonly description: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly runs: readonly DrawnRun[]
  readonly draw: Draw
  readonly vegaLite?: Readonly<Record<string, unknown>>
}

/** Draws both grounds and puts the figure together: the same parts, the same bytes. */
export function makeFigure(parts: FigureParts): Figure {
  const { name, draw, runs, ...rest } = parts
  const note = startNote(runs)
  const seen = { ...rest, caption: note === '' ? rest.caption : `${rest.caption} ${note}` }
  const told = { ...seen, runs: runs.map(({ run }) => run) }
  const digest = createHash('sha256')
    .update(JSON.stringify([name, seen]))
    .digest('hex')
  const id = `${name}-${digest.slice(0, 8)}`
  const wide = draw({ id: `${id}-w`, width: wideWidth, narrow: false })
  const narrow = draw({ id: `${id}-n`, width: narrowWidth, narrow: true })
  const shown = { ...told, id, svg: rootSvg({ id, title: told.title, description: told.description, wide, narrow }) }
  return {
    ...shown,
    [display]: () =>
      bundle(shown, sheetSvg({ ...shown, caption: `${told.caption} ${capital(runsOf(told.runs))}.`, drawing: wide })),
  }
}
