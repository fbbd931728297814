import { createHash } from 'node:crypto'
import { commonPrefixLength, type Key, toHex } from '@hoplab/sdk'
import { peerKey } from '../../peer-key.ts'
import type { RecordedTables } from '../start.ts'
import type { SeenNode } from './snapshot.ts'

const shown = 3

/** The tables by position, or what is wrong with what was seen: positions that are not 1, 2, …, ids that are none, ids that do not hash to their keys, nodes in a table twice or in their own. */
export function tablesOf(nodes: readonly SeenNode[]): RecordedTables | { readonly fault: string } {
  const rows = [...nodes].sort((a, b) => a.seq - b.seq)
  const gap = rows.findIndex(({ seq }, at) => seq !== at + 1)
  if (rows.length === 0) return { fault: 'holds no node; write a row for each' }
  if (gap !== -1)
    return {
      fault: `has a node at position ${rows[gap]?.seq} where ${gap + 1} is due; number nodes 1 to ${rows.length}`,
    }
  try {
    return entered(rows)
  } catch (error) {
    return { fault: (error as Error).message }
  }
}

function entered(rows: readonly SeenNode[]): RecordedTables | { readonly fault: string } {
  const known = keysByPeer()
  const keys = rows.map(({ peer }) => known(peer))
  const wrong = rows.flatMap(({ peer, key }, at) =>
    key === null || key === toHex(keys[at] as Key)
      ? []
      : [`${peer} (${key.slice(0, 8)}… for ${toHex(keys[at] as Key).slice(0, 8)}…)`],
  )
  if (wrong.length > 0) {
    const more = wrong.length > shown ? ` and ${wrong.length - shown} more` : ''
    return {
      fault: `has keys that are not the SHA-256 of their ids: ${wrong.slice(0, shown).join(', ')}${more}; take ids and keys from one snapshot`,
    }
  }
  const seqs = new Map(rows.map(({ peer, seq }) => [peer, seq]))
  if (seqs.size < rows.length) return { fault: `has ${rows.length} rows of ${seqs.size} peers; write each peer once` }
  const twice = rows.find(({ peer, table }) => new Set(table).size < table.length || table.includes(peer))
  if (twice !== undefined) return { fault: `the table of ${twice.peer} holds a peer twice, or its owner` }
  const hash = createHash('sha256')
  for (const key of keys) hash.update(key)
  const entries = rows.map(({ table }, at) =>
    table.map((peer) => seqs.get(peer) ?? -commonPrefixLength(keys[at] as Key, known(peer)) + 0),
  )
  return { entries, keysSha256: hash.digest('hex') }
}

/** Keys of peer ids; each is hashed once. */
function keysByPeer(): (peer: string) => Key {
  const keys = new Map<string, Key>()
  return (peer) => {
    const key = keys.get(peer) ?? peerKey(peer)
    keys.set(peer, key)
    return key
  }
}
