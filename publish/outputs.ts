import type { Answer, CellOutput, Figure, models, Notebook, RunRecord, RunSummary } from 'hoplab'

/** A figure as a cell displayed it: all of it but its method. */
export type FigureOutput = Pick<
  Figure,
  'id' | 'title' | 'subtitle' | 'caption' | 'description' | 'svg' | 'columns' | 'rows' | 'runs'
>

/** A run as a cell showed it when it had ended: the summary that `hoplab run --json` prints, and the record. */
export interface RunOutput {
  readonly summary: RunSummary
  readonly record: RunRecord
}

/** A run that had not ended when the notebook was saved. */
export interface LiveRunOutput {
  readonly record: null
}

/** The sentence that answers the notebook's question. */
export type AnswerOutput = Pick<Answer, 'text' | 'unknown'>

/** A model that a cell ran: it stands where a run's record does. */
export type ModelOutput = models.ModelCard

/** The MIME types by which a cell tells the page what an output is. */
export const mime = {
  figure: 'application/vnd.hoplab.figure+json',
  run: 'application/vnd.hoplab.run+json',
  model: 'application/vnd.hoplab.model+json',
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
    all<RunOutput | LiveRunOutput>(notebook, mime.run).flatMap((run) =>
      run.record === null ? [] : [[run.summary.run, run] as const],
    ),
  ).values(),
]
/** Models of a notebook, in order, each once. */
export const modelsOf = (notebook: Notebook): ModelOutput[] => [
  ...new Map(all<ModelOutput>(notebook, mime.model).map((model) => [model.hash, model] as const)).values(),
]
/** The last answer that a notebook gave, or null. */
export const answerOf = (notebook: Notebook): AnswerOutput | null =>
  all<AnswerOutput>(notebook, mime.answer).at(-1) ?? null
