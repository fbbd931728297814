import { escapeText } from '../draw/escape.ts'
import { display } from './figure.ts'

/** A table that a cell shows. */
export interface ShownTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** MIME bundle for a notebook cell: HTML, and lines of text. */
  [display](): Record<string, unknown>
}

/** Makes a table that a cell shows from columns' names and cells as text. */
export function shownTable(columns: readonly string[], rows: readonly (readonly string[])[]): ShownTable {
  return {
    columns,
    rows,
    [display]: () => ({
      'text/html': `<table><thead>${line(columns, 'th scope="col"')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`,
      'text/plain': [columns, ...rows].map((row) => row.join('\t')).join('\n'),
    }),
  }
}

function line(cells: readonly string[], tag: string): string {
  const [name] = tag.split(' ')
  return `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${name}>`).join('')}</tr>`
}
