import type { Problem } from '../../problems.ts'
import type { Reader } from '../../reader.ts'
import type { RecordedTables } from '../start.ts'

const keyBits = 256

/**
 * Reads `entries` and `keys_sha256` of recorded tables.
 *
 * @param problems Null where tables are not recorded: then nothing is looked for.
 */
export function readEntries(read: Reader, problems: Problem[] | null): RecordedTables | null {
  if (problems === null) return null
  const entries = read.value('entries')
  const keysSha256 = read.value('keys_sha256')
  if (entries === undefined) {
    if (read.value('file') === undefined && read.value('run') === undefined)
      problems.push({
        where: read.where('tables'),
        what: 'is "recorded", and nothing says whose; write run = "01K…", or file = "tables.csv"',
      })
    return null
  }
  const where = read.where('entries')
  if (!Array.isArray(entries)) problems.push({ where, what: 'is no list; write run = "01K…" instead' })
  else if (typeof keysSha256 !== 'string' || !/^[0-9a-f]{64}$/.test(keysSha256))
    problems.push({
      where: read.where('keys_sha256'),
      what: 'is not 64 hexadecimal digits; write run = "01K…" instead of both',
    })
  else {
    const wrong = entries.findIndex((table, at) => !isTableOf(table, at + 1, entries.length))
    if (wrong === -1) return { entries, keysSha256 }
    problems.push({
      where: `${where}[${wrong}]`,
      what: `is no table of node ${wrong + 1}; write positions of others from 1 to ${entries.length}, each once, and −b for a peer that is gone and shares b bits`,
    })
  }
  return null
}

/** Whether a value is the table of a node among so many. */
function isTableOf(table: unknown, seq: number, size: number): boolean {
  if (!Array.isArray(table)) return false
  const living = table.filter((entry) => entry > 0)
  return (
    table.every((entry) => Number.isSafeInteger(entry) && entry > -keyBits && entry <= size && entry !== seq) &&
    new Set(living).size === living.length
  )
}
