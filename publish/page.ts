import { basename } from 'node:path'
import type { Notebook, NotebookCell } from 'hoplab'
import {
  type AnswerOutput,
  answerOf,
  type FigureOutput,
  figuresOf,
  type ModelOutput,
  modelsOf,
  type RunOutput,
  runsOf,
} from './outputs.ts'

/** Everything a page shows, taken from one executed notebook and nothing else. */
export interface Page {
  /** Folder of the page in the site: the notebook's name. */
  readonly slug: string
  readonly title: string
  /** The question as Markdown, or an empty string. */
  readonly question: string
  readonly answer: AnswerOutput | null
  readonly runs: readonly RunOutput[]
  /** Models that stand in the place of runs, or beside them. */
  readonly models: readonly ModelOutput[]
  readonly figures: readonly FigureOutput[]
  /** Cells after the title and the question were taken off the first. */
  readonly cells: readonly NotebookCell[]
  readonly parameters: Readonly<Record<string, unknown>>
  /** Path by which the notebook is repeated, as `notebooks/dht-lookups.ipynb`. */
  readonly source: string
}

/** Reads what a notebook says of itself: the first heading is the title, the paragraph under it the question. */
export function pageOf(notebook: Notebook, path: string): Page {
  const name = basename(path).replace(/(\.executed)?\.ipynb$/, '')
  const [first, ...rest] = notebook.cells
  const opening = first?.cell_type === 'markdown' ? first.source : ''
  const { title, question, body } = split(opening)
  const told = (notebook.metadata.hoplab ?? {}) as { parameters?: Page['parameters']; source?: string }
  return {
    slug: name,
    title: title || name,
    question,
    answer: answerOf(notebook),
    runs: runsOf(notebook),
    models: modelsOf(notebook),
    figures: figuresOf(notebook),
    cells:
      opening === '' ? notebook.cells : body === '' ? rest : [{ ...(first as NotebookCell), source: body }, ...rest],
    parameters: told.parameters ?? {},
    source: told.source ?? `notebooks/${name}.ipynb`,
  }
}

function split(markdown: string): { title: string; question: string; body: string } {
  const match = /^#\s+(.+)\n*/.exec(markdown)
  if (match === null) return { title: '', question: '', body: markdown }
  const [question = '', ...body] = markdown.slice(match[0].length).split(/\n{2,}/)
  return { title: match[1]?.trim() ?? '', question: question.trim(), body: body.join('\n\n').trim() }
}
