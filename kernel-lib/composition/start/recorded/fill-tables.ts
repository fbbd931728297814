import { isTable, type Table } from '../../toml.ts'
import { type Filling, readNamed } from '../../world/filling.ts'
import { readRun } from './read-run.ts'
import { readSnapshot } from './read-snapshot.ts'
import type { Seen } from './snapshot.ts'
import { tablesOf } from './tables-of.ts'

/** The moment that tables of a run are taken at where none is named: after bootstrap, before anything is measured. */
const defaultSnapshot = 'bootstrapped'

/** Puts in place of the `file` or the `run` of recorded tables the tables that it holds; what else the table `start` says is checked when it is read. */
export function fillTables(start: unknown, filling: Filling): unknown {
  if (!isTable(start) || start.tables !== 'recorded') return start
  const { file, run, snapshot, ...rest } = start
  const key = run === undefined ? 'file' : 'run'
  const where = `start.${key}`
  if ([file, run, rest.entries].filter((value) => value !== undefined).length > 1) {
    filling.problems.push({ where, what: 'does not stand alone; write one of file, run and entries' })
    return start
  }
  if (start[key] === undefined) return start
  const seen = key === 'run' ? seenOf(start, where, filling) : seenIn(start, where, filling)
  if (seen === null) return start
  const found = 'fault' in seen ? seen : tablesOf(seen.nodes)
  if ('fault' in found) {
    filling.problems.push({ where, what: `${start[key]}: ${found.fault}` })
    return start
  }
  filling.files.push(String(start[key]))
  return { ...rest, entries: found.entries, [filling.spell('keys_sha256')]: found.keysSha256 }
}

function seenIn({ file, snapshot }: Table, where: string, filling: Filling): Seen | null {
  if (snapshot !== undefined)
    filling.problems.push({ where: 'start.snapshot', what: 'is of the tables of a run; remove it beside a file' })
  if (typeof file !== 'string' || file === '') {
    filling.problems.push({ where, what: 'is no path; write file = "tables.csv"' })
    return null
  }
  const text = readNamed(file, where, filling)
  return text === null ? null : readSnapshot(text)
}

function seenOf({ run, snapshot = defaultSnapshot }: Table, where: string, filling: Filling): Seen | null {
  if (typeof run !== 'string' || run === '') {
    filling.problems.push({ where, what: 'is no run; write run = "01K…", or the path of its folder' })
    return null
  }
  if (typeof snapshot !== 'string') {
    filling.problems.push({ where: 'start.snapshot', what: 'is no text; write snapshot = "bootstrapped"' })
    return null
  }
  const record = readNamed(`${run}/record.json`, where, filling)
  return record === null ? null : readRun(record, { run, snapshot, resource: filling.resource })
}
