import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { type RecordSchema, rowCheck } from '@hoplab/sdk'
import { type LineOptions, type Read, readLines } from '../run/lines.ts'
import type { Artifact } from '../run/record.ts'
import type { Damage } from './run-data.ts'

/** One file of records that is to be read. */
export interface RecordFile {
  readonly run: string
  /** Folder of the run. */
  readonly folder: string
  readonly artifact: Artifact
  readonly schema: RecordSchema
}

/** Most damaged lines of one file that are told one by one. */
const toldOneByOne = 100

/**
 * Reads one file of records.
 *
 * @param onRow Called with each row that fits the schema, in the order of the file.
 * @returns What could not be read, and whether the file is not the one that the record names.
 */
export async function readRecords(
  file: RecordFile,
  onRow: (row: Readonly<Record<string, unknown>>) => void,
  options: LineOptions,
): Promise<Damage[]> {
  const damage = damageOf(file)
  const problems = rowCheck(file.schema)
  const path = join(file.folder, ...file.artifact.path.split('/'))
  const absent = await lstat(path).then(
    (found) => (found.isFile() ? null : 'is not a plain file'),
    (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? 'is in the record and not in the folder' : error.message,
  )
  if (absent !== null) return [damage.whole(absent, null)]
  const read = await readLines(
    path,
    {
      line(text, number, ended) {
        const row = parsed(text)
        const wrong = row === undefined ? [unparsed(text, ended)] : problems(row)
        if (wrong.length === 0) onRow(row as Readonly<Record<string, unknown>>)
        else damage.line(number, wrong.join('; '))
      },
      tooLong: (bytes, number) =>
        damage.line(number, `a line of ${bytes} bytes; the most that is read is ${options.limitBytes}`),
    },
    options,
  )
  const changed = difference(file.artifact, read)
  return [...(changed === null ? [] : [damage.whole(changed, 0)]), ...damage.lines()]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unparsed(text: string, ended: boolean): string {
  const start = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
  return ended ? `not JSON: ${start}` : `the last line is cut short: ${start}`
}

function difference(artifact: Artifact, read: Read): string | null {
  if (artifact.bytes !== read.bytes)
    return `changed since it was recorded: ${read.bytes} bytes, recorded ${artifact.bytes}`
  if (artifact.sha256 !== read.sha256) return 'changed since it was recorded: its sha256 differs'
  return null
}

/** Collects damage of one file; beyond the first lines the rest is one entry with their number. */
function damageOf({ run, artifact, schema }: RecordFile) {
  const at = { run, path: artifact.path, table: schema.name }
  const told: Damage[] = []
  let more = 0
  return {
    line(line: number, problem: string): void {
      if (told.length < toldOneByOne) told.push({ ...at, line, rows: 1, problem })
      else more++
    },
    whole: (problem: string, rows: number | null): Damage => ({ ...at, line: null, rows, problem }),
    lines: (): Damage[] =>
      more === 0 ? told : [...told, { ...at, line: null, rows: more, problem: `${more} more lines cannot be read` }],
  }
}
