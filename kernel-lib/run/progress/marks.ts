import type { Outcome } from '../record.ts'

/** How an outcome looks everywhere: never by colour alone. */
export interface Mark {
  readonly symbol: string
  /** Okabe–Ito. */
  readonly colour: string
  /** Code of the nearest of the terminal's own colours. */
  readonly ansi: number
}

/** The mark of each outcome. Unknown is hatched where that can be drawn. */
export const marks: Readonly<Record<Outcome, Mark>> = {
  success: { symbol: '●', colour: '#0072B2', ansi: 34 },
  canceled: { symbol: '○', colour: '#8A8A8A', ansi: 90 },
  unknown: { symbol: '?', colour: '#8A8A8A', ansi: 90 },
  timeout: { symbol: '◆', colour: '#E69F00', ansi: 33 },
  failure: { symbol: '✕', colour: '#D55E00', ansi: 31 },
  crash: { symbol: '▲', colour: '#CC79A7', ansi: 35 },
}
