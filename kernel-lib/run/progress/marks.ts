import type { Outcome } from '../record.ts'

/** How an outcome looks everywhere: never by colour alone. */
export interface Mark {
  readonly symbol: string
  /** Okabe–Ito. */
  readonly colour: string
}

/** The mark of each outcome. Unknown is hatched where that can be drawn. */
export const marks: Readonly<Record<Outcome, Mark>> = {
  success: { symbol: '●', colour: '#0072B2' },
  canceled: { symbol: '○', colour: '#8A8A8A' },
  unknown: { symbol: '?', colour: '#8A8A8A' },
  timeout: { symbol: '◆', colour: '#E69F00' },
  failure: { symbol: '✕', colour: '#D55E00' },
  crash: { symbol: '▲', colour: '#CC79A7' },
}
