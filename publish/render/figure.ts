import { type Html, html, raw } from '../html.ts'
import type { FigureOutput } from '../outputs.ts'

const shownRows = 100

/** File name of a figure's data below the page's folder: its place and its name, without the digest of its content. */
export const dataFile = (figure: FigureOutput, number: number): string =>
  `data/${String(number).padStart(2, '0')}-${figure.id.replace(/-[0-9a-f]{8}$/, '').replace(/[^a-z0-9-]+/gi, '-')}.csv`

/** The runs that a figure was drawn from; past three their number, for the records are at the page's end. */
function runsTold(runs: readonly string[]): string {
  return runs.length > 3 ? `${runs.length} runs` : `Run ${runs.join(', ')}`
}

/** A figure: title, statistic, drawing, what it rests on, and its data as a table. `number` counts from 1 on the page. */
export function figure(output: FigureOutput, number: number): Html {
  const id = `figure-${number}`
  return html`<figure id="${id}" class="plot">
<h3 class="figure-title"><a class="anchor" href="#${id}">Figure ${number}</a> ${output.title}</h3>
<p class="figure-subtitle">${output.subtitle}</p>
<div class="drawing">${raw(output.svg)}</div>
<figcaption>${output.caption} ${output.runs.length > 0 && html`<span data-provenance>${runsTold(output.runs)}.</span>`}
<span class="visually-hidden">${output.description}</span></figcaption>
${dataTable(output, number)}
</figure>`
}

function dataTable(output: FigureOutput, number: number): Html {
  const rows = output.rows.slice(0, shownRows)
  const shown =
    rows.length < output.rows.length ? `first ${rows.length} of ${output.rows.length} rows` : `${rows.length} rows`
  return html`<details class="data"><summary>Data of figure ${number} (${shown})</summary>
<p><a href="${dataFile(output, number)}" download>All ${output.rows.length} rows as CSV</a></p>
<div class="scroll" tabindex="0" role="region" aria-label="Data of figure ${number}"><table>
<thead><tr>${output.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((value) => html`<td>${shownValue(value)}</td>`)}</tr>`)}</tbody>
</table></div></details>`
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
