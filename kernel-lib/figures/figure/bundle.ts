import { escapeText } from '../draw/escape.ts'
import { capital, counted, runsOf } from '../words/words.ts'
import type { Cell, FigureFields } from './figure.ts'

const rowsShown = 50

/** The MIME bundle of a figure: HTML with the SVG inline, the figure as a file, its words, and all fields for the publisher. */
export function bundle(figure: FigureFields, sheet: string): Record<string, unknown> {
  return {
    ...(figure.vegaLite ? { 'application/vnd.vegalite.v5+json': figure.vegaLite } : {}),
    'application/vnd.hoplab.figure+json': { schema: 'hoplab/figure/1', ...figure },
    'text/html': html(figure),
    'image/svg+xml': sheet,
    'text/plain': [
      figure.title,
      figure.subtitle,
      figure.description,
      figure.caption,
      `${capital(runsOf(figure.runs))}.`,
    ].join('\n'),
  }
}

function html(figure: FigureFields): string {
  return [
    '<figure class="hoplab-figure" style="margin:1em 0;max-width:60rem">',
    `<div style="font-weight:600;font-size:1.15em">${escapeText(figure.title)}</div>`,
    `<div style="opacity:.8;max-width:42rem">${escapeText(figure.subtitle)}</div>`,
    figure.svg,
    `<figcaption style="opacity:.8;font-size:.9em;max-width:42rem">${escapeText(figure.caption)} ${escapeText(capital(runsOf(figure.runs)))}.</figcaption>`,
    table(figure),
    '</figure>',
  ].join('\n')
}

function table({ columns, rows }: FigureFields): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly Cell[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell === null ? '' : String(cell))}</${tag}>`).join('')}</tr>`
  const more = rows.length > rowsShown ? `, the first ${rowsShown} shown` : ''
  const body = rows.slice(0, rowsShown).map((row) => line(row, 'td'))
  return `<details><summary>Data (${counted(rows.length, 'row')}${more})</summary><table><thead>${line(columns, 'th')}</thead><tbody>${body.join('')}</tbody></table></details>`
}
