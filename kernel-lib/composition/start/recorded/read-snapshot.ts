import { csvParse } from 'd3-dsv'
import type { Seen, SeenNode } from './snapshot.ts'

const columns = ['seq', 'peer', 'table']

/**
 * Reads a snapshot of routing tables, a line for each node: its position `seq`, its peer id `peer`, its `key` (may be left out) and its `table`, the peer ids of those in it.
 * CSV whose first line names these columns, with spaces between the ids of a table; or NDJSON of objects with these keys, a table being a list.
 */
export function readSnapshot(text: string): Seen {
  const rows = text.trimStart().startsWith('{') ? ndjsonRows(text) : csvRows(text)
  if ('fault' in rows) return rows
  const nodes: SeenNode[] = []
  for (const [at, row] of rows.entries()) {
    const node = nodeOf(row)
    if (typeof node === 'string') return { fault: `row ${at + 1} has ${node}` }
    nodes.push(node)
  }
  return { nodes }
}

type Row = Readonly<Record<string, unknown>>

function csvRows(text: string): readonly Row[] | { readonly fault: string } {
  const rows = csvParse(text.replace(/^\uFEFF/, ''))
  const missing = columns.filter((column) => !rows.columns.includes(column))
  if (missing.length > 0) {
    const has = rows.columns.join(', ') || 'none'
    return { fault: `has no column ${missing.join(' and none ')}, it has ${has}; write seq,peer,key,table` }
  }
  return rows.map(({ seq, key, table = '', ...row }) => ({
    ...row,
    seq: seq?.trim() === '' ? undefined : Number(seq),
    key: key?.trim() === '' ? undefined : key,
    table: table.split(/\s+/).filter((id) => id !== ''),
  }))
}

function ndjsonRows(text: string): readonly Row[] | { readonly fault: string } {
  const rows: Row[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      rows.push(JSON.parse(line))
    } catch {
      return { fault: `line ${at + 1} is no JSON; write {"seq":1,"peer":"12D3Koo…","table":["12D3Koo…"]}` }
    }
  }
  return rows
}

/** What a row tells, or what is wrong in it. */
function nodeOf(row: Row): SeenNode | string {
  const { seq, peer, key = null, table } = row ?? {}
  if (!Number.isSafeInteger(seq) || Number(seq) < 1) return `${JSON.stringify(seq) ?? 'nothing'} as seq; write 1, 2, …`
  if (typeof peer !== 'string' || peer === '') return 'no peer; write a peer id, 12D3Koo…'
  if (key !== null && (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key)))
    return `${JSON.stringify(key)} as key; write 64 hexadecimal digits, or leave it out`
  if (!Array.isArray(table) || !table.every((id) => typeof id === 'string'))
    return 'no table; write the peer ids of those in it'
  return { seq: Number(seq), peer, key, table }
}
