import type { CellOutput, Notebook } from 'hoplab'

/** A figure as a cell displayed it: everything needed to draw it, name it and give its data. */
export interface FigureOutput {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly caption: string
  /** What is seen, for those who do not see it. */
  readonly description: string
  readonly svg: string
  /** Column names with their units in them: `latency_ms`. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  readonly runs: readonly string[]
}

/** A run as a cell showed it: the summary that `hoplab run --json` prints, and the record. */
export interface RunOutput {
  readonly summary: {
    readonly run: string
    readonly spec: string
    readonly outcome: string
    readonly harness: string
    readonly seed: number
    readonly instances: Readonly<Record<string, number>>
  }
  readonly record: {
    readonly spec: {
      readonly plan: string
      readonly case: string
      readonly groups: readonly { readonly count: number }[]
    }
    readonly versions: Readonly<Record<string, string>>
    readonly startedMs: number
    readonly endedMs: number
  }
}

/** The sentence that answers the notebook's question. */
export interface AnswerOutput {
  readonly text: string
  readonly unknown: boolean
}

/** The MIME types by which a cell tells the page what an output is. */
export const mime = {
  figure: 'application/vnd.hoplab.figure+json',
  run: 'application/vnd.hoplab.run+json',
  answer: 'application/vnd.hoplab.answer+json',
} as const

function all<T>(notebook: Notebook, type: string): T[] {
  const outputs: readonly CellOutput[] = notebook.cells.flatMap((cell) => cell.outputs ?? [])
  return outputs.flatMap((output) => {
    const data = 'data' in output ? output.data[type] : undefined
    return data === undefined ? [] : [structured<T>(data)]
  })
}

/** JSON MIME types hold an object; some front ends save them as text. */
export function structured<T>(data: unknown): T {
  return (typeof data === 'string' ? JSON.parse(data) : data) as T
}

/** Figures of a notebook, in order. */
export const figuresOf = (notebook: Notebook): FigureOutput[] => all(notebook, mime.figure)
/** Finished runs of a notebook, in order, each once. */
export const runsOf = (notebook: Notebook): RunOutput[] => [
  ...new Map(
    all<RunOutput>(notebook, mime.run)
      .filter((run) => run.record !== null)
      .map((run) => [run.summary.run, run]),
  ).values(),
]
/** The last answer that a notebook gave, or null. */
export const answerOf = (notebook: Notebook): AnswerOutput | null =>
  all<AnswerOutput>(notebook, mime.answer).at(-1) ?? null
