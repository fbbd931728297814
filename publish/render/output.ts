import { stripVTControlCharacters } from 'node:util'
import type { CellOutput, MimeBundle } from 'hoplab'
import { type Html, html, raw } from '../html.ts'
import {
  type AnswerOutput,
  type FigureOutput,
  type LiveRunOutput,
  type ModelOutput,
  mime,
  type RunOutput,
  structured,
} from '../outputs.ts'
import { figure } from './figure.ts'
import { markdown } from './markdown.ts'
import { runCard } from './run-card.ts'

const foldedAfterLines = 40

/** Numbers by which a page tells its figures apart, and its other rich outputs. */
export interface Numbers {
  readonly nextFigure: () => number
  readonly nextOutput: () => number
}

/** One output of a cell. */
export function output(item: CellOutput, numbers: Numbers): Html | null {
  if (item.output_type === 'stream') return printed(item.text, item.name)
  if (item.output_type === 'error') return printed(`${item.ename}: ${item.evalue}`, 'stderr')
  return displayed(item.data, numbers)
}

function displayed(data: MimeBundle, { nextFigure, nextOutput }: Numbers): Html | null {
  if (data[mime.figure] !== undefined) return figure(structured<FigureOutput>(data[mime.figure]), nextFigure())
  if (data[mime.run] !== undefined) return runCard(structured<RunOutput | LiveRunOutput>(data[mime.run]))
  if (data[mime.model] !== undefined)
    return html`<p class="run-card">${structured<ModelOutput>(data[mime.model]).text}</p>`
  if (data[mime.answer] !== undefined)
    return html`<p class="answer-in-place">${structured<AnswerOutput>(data[mime.answer]).text}</p>`
  if (data['image/svg+xml'] !== undefined) return html`<div class="drawing">${raw(text(data['image/svg+xml']))}</div>`
  if (data['text/html'] !== undefined)
    return html`<div class="scroll rich" tabindex="0" role="region" aria-label="Output ${nextOutput()}">${raw(text(data['text/html']))}</div>`
  const image = ['image/png', 'image/jpeg'].find((type) => data[type] !== undefined)
  if (image !== undefined)
    return html`<img alt="${text(data['text/plain']) || 'Image output'}" src="data:${image};base64,${text(data[image]).trim()}">`
  if (data['text/markdown'] !== undefined) return markdown(text(data['text/markdown'])).body
  if (data['text/plain'] !== undefined) return printed(text(data['text/plain']), 'stdout')
  return null
}

/** Data of a text type; readNotebook joined its lines. */
const text = (data: unknown): string => (typeof data === 'string' ? data : '')

function printed(text: string, name: string): Html | null {
  const clean = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '')
    .join('\n')
    .trimEnd()
  if (clean === '') return null
  const lines = clean.split('\n').length
  const block = html`<pre class="printed ${name === 'stderr' ? 'stderr' : ''}" tabindex="0" aria-label="Printed output">${clean}</pre>`
  return lines <= foldedAfterLines
    ? block
    : html`<details class="lines"><summary>${lines} printed lines</summary>${block}</details>`
}
