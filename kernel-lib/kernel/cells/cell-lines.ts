import { SourceMap, type SourceMapPayload } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Lines that tslab's compiler reads before a cell. */
const linesBefore = 1

interface Compiled {
  /** From what is run back to what was written, one map for each time the code was compiled, the last first. */
  readonly maps: readonly SourceMap[]
  /** Characters that tslab puts before the first line. */
  readonly indent: number
  readonly lineCount: number
}

/** Where in which cell a frame of a stack is, though what runs is compiled code. */
export interface CellLines {
  /** Notes which cell is compiled and run from now on. */
  begin(cell: number): void
  /** Notes the maps of the code that is run next. */
  compiled(maps: readonly SourceMapPayload[]): void
  /** Notes that this script is run, and returns the name that its frames are to have. */
  running(script: string): string
  /** A frame as a reader can follow it: `at find (cell 3:6:9)`; null for one that is in no code of theirs. */
  frame(line: string): string | null
}

/** Lines of the cells of one session. */
export function cellLines(): CellLines {
  const cells = new Map<number, Compiled>()
  let current = 0
  let latest: readonly SourceMapPayload[] = []
  return {
    begin(cell) {
      current = cell
    },
    compiled(maps) {
      latest = maps
    },
    running(script) {
      const maps = latest.map((map) => new SourceMap(map))
      cells.set(current, { maps, indent: script.indexOf('{ ') + 2, lineCount: script.split('\n').length })
      return `cell-${current}`
    },
    frame(line) {
      const [place, number, row, column] = /\bcell-(\d+):(\d+):(\d+)/.exec(line) ?? []
      if (place === undefined) return isInside(line) ? null : withRelativePath(line)
      const compiled = cells.get(Number(number))
      const written = compiled && original(compiled, Number(row) - 1, Number(column) - 1)
      return written ? line.replace(place, `cell ${number}:${written.join(':')}`) : null
    },
  }
}

/** Line and column, from 1, as written; null in what tslab put around the cell. */
function original({ maps, indent, lineCount }: Compiled, row: number, column: number): [number, number] | null {
  if (row >= lineCount - 1) return null
  let place = { line: row, column: row === 0 ? column - indent : column }
  for (const map of maps) {
    const entry = map.findEntry(place.line, place.column)
    if (!('originalLine' in entry)) return null
    place = { line: entry.originalLine, column: entry.originalColumn }
  }
  return place.line < linesBefore ? null : [place.line - linesBefore + 1, place.column + 1]
}

/** Frames of the kernel, of tslab and of Node's own modules. */
function isInside(line: string): boolean {
  return /[\\/]tslab[\\/]dist[\\/]|[\\/]kernel-lib[\\/](dist[\\/])?kernel[\\/]|[( ]node:|sigintHandlersWrap/.test(line)
}

/** No path of this machine belongs into a notebook. */
function withRelativePath(line: string): string {
  return line.replace(/(file:\/\/)?(\/[^():]+)(?=:\d+:\d+)/, (_, url: string | undefined, path: string) =>
    relative(process.cwd(), url === undefined ? path : fileURLToPath(`file://${path}`)),
  )
}
