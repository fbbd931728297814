/** Key of the method by which a value says how a notebook shows it. */
export const display: unique symbol = Symbol.for('Jupyter.display')

/** A value in a figure's table. */
export type Cell = string | number | boolean | null

/** A figure that carries what it rests on: its finding, its definition, its data. */
export interface Figure {
  /** Name and digest of the content, runs apart: `hop-distribution-3f9c21aa`. Prefix of every id in the SVG. */
  readonly id: string
  /** What is seen, computed from the data; says `unknown` where there is none. */
  readonly title: string
  /** Statistic, entry of the analyses, definition. */
  readonly subtitle: string
  /** n, expected, failed, missing, censored; interval method. Names no run: those stand in `runs`, since a repetition changes them. */
  readonly caption: string
  /** The finding in words, for those who do not see the figure. */
  readonly description: string
  /** Inline SVG, with a second drawing that shows itself on narrow pages; colours follow the page. */
  readonly svg: string
  /** Columns of the table behind the figure, units in their names: `latency_ms`. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Ids of the runs that it was drawn from. */
  readonly runs: readonly string[]
  /** The Vega-Lite 5 specification with its data, for figures that a reader can point at. */
  readonly vegaLite?: Readonly<Record<string, unknown>>
  /** MIME bundle for a notebook cell. */
  [display](): Record<string, unknown>
}

/** What a figure holds, without its method. */
export type FigureFields = Omit<Figure, typeof display>
