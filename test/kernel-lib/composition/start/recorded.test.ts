import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve as resolvePath } from 'node:path'
import { commonPrefixLength, fromHex, type Key } from '@hoplab/sdk'
import * as assert from 'uvu/assert'
import { specHash } from '../../../../kernel-lib/composition/hash.ts'
import { readComposition } from '../../../../kernel-lib/composition/read.ts'
import { readObject } from '../../../../kernel-lib/composition/read-composition.ts'
import { type Resolved, resolve } from '../../../../kernel-lib/composition/resolve.ts'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import { findWorkspace } from '../../../../kernel-lib/run/workspace.ts'
import { describe } from '../../../suite.ts'
import { refusal, toy } from '../toy.ts'

const root = resolvePath(import.meta.dirname, '../../../..')
const run = 'datasets/closest-peers-12'

interface Node {
  readonly peer: string
  readonly key: string
  readonly table: readonly string[]
}

/** The run's nodes in their order. */
const nodes: readonly Node[] = JSON.parse(readFileSync(join(root, run, 'record.json'), 'utf8')).instances.map(
  ({ group, index }: { readonly group: string; readonly index: number }) => {
    const lines = (file: string) =>
      readFileSync(join(root, run, group, String(index), file), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    const [{ peer, key }] = lines('node.ndjson')
    const { buckets } = lines('tables.ndjson').findLast(({ snapshot }) => snapshot === 'bootstrapped')
    return { peer, key, table: buckets.flat() }
  },
)
const csv = (rows: readonly Node[]): string =>
  ['seq,peer,key,table', ...rows.map(({ peer, key, table }, at) => `${at + 1},${peer},${key},${table.join(' ')}`)].join(
    '\n',
  )
const ndjson = (rows: readonly Node[]): string =>
  rows.map((row, at) => JSON.stringify({ seq: at + 1, ...row })).join('\n')

const head = (total: number): string =>
  `plan = "toy"\ncase = "find"\ntotal = ${total}\n[[groups]]\nid = "asking"\ncount = 2\n[[groups]]\nid = "idle"\nshare = 1\nprogram = false\n[start]\ntables = "recorded"\n`

function read(
  words: string,
  { files = {}, total = 12 }: { files?: Record<string, string>; total?: number } = {},
): Resolved {
  const resource = (path: string): string => files[path] ?? readFileSync(join(root, path), 'utf8')
  return resolve(readComposition(`${head(total)}${words}\n`, { file: 'c.toml', env: {}, resource }), toy)
}
const tablesIn = ({ specs }: Resolved) => {
  const recorded = specs[0]?.start?.recorded
  if (recorded == null) throw new Error('there are no tables')
  return recorded
}

describe('recorded tables', (test) => {
  test('are those of a run, by the positions of its nodes', () => {
    assert.is(nodes.length, 12)
    const { entries, keysSha256 } = tablesIn(read(`run = "${run}"`))
    assert.equal(
      entries.map((table) => table.map((seq) => nodes[seq - 1]?.peer)),
      nodes.map(({ table }) => table),
    )
    assert.ok(entries.flat().length > 30)
    const keys = createHash('sha256')
    for (const { key } of nodes) keys.update(Buffer.from(key, 'hex'))
    assert.is(keysSha256, keys.digest('hex'))
  })

  test('hold a peer once that a node of a run held twice', () => {
    const file = `${run}/servers/0/tables.ndjson`
    const lines = readFileSync(join(root, file), 'utf8').trim().split('\n')
    const twice = lines.map((line) => {
      const { buckets, ...rest } = JSON.parse(line)
      return JSON.stringify({ ...rest, buckets: [...buckets, buckets[0].slice(0, 1)] })
    })
    assert.equal(
      tablesIn(read(`run = "${run}"`, { files: { [file]: twice.join('\n') } })),
      tablesIn(read(`run = "${run}"`)),
    )
  })

  test('are taken at the moment that is named', () => {
    const file = `${run}/servers/0/tables.ndjson`
    const text = `${readFileSync(join(root, file), 'utf8')}${JSON.stringify({ snapshot: 'joined', buckets: [[]] })}\n`
    const at = (snapshot: string) =>
      tablesIn(read(`run = "${run}"\nsnapshot = "${snapshot}"`, { files: { [file]: text } })).entries
    assert.equal(at('joined')[0], [])
    assert.ok((at('bootstrapped')[0] ?? []).length > 0)
    assert.equal(at('end').length, 12)
    assert.is(
      refusal(() => read(`run = "${run}"\nsnapshot = "middle"`)),
      `c.toml: start.run: ${run}: has no tables "middle" of servers/0, servers/1, servers/2 and 9 more; write snapshot = "joined", "bootstrapped", "end", or take another run`,
    )
  })

  test('are those of a snapshot, as CSV or NDJSON, rows in any order and keys left out or not', () => {
    const wanted = tablesIn(read(`run = "${run}"`))
    const [first = '', ...rows] = csv(nodes).split('\n')
    const texts = [
      csv(nodes),
      [first, ...rows.reverse()].join('\n'),
      csv(nodes.map((node) => ({ ...node, key: '' }))),
      ndjson(nodes),
    ]
    for (const text of texts) assert.equal(tablesIn(read('file = "tables"', { files: { tables: text } })), wanted)
  })

  test('hold a peer that is gone by the bits that it shares with the owner', () => {
    const gone = nodes[11] as Node
    const { entries } = tablesIn(read('file = "tables"', { files: { tables: csv(nodes.slice(0, 11)) }, total: 11 }))
    const negative = entries.flatMap((table, at) => table.filter((entry) => entry <= 0).map((entry) => [at, entry]))
    const wanted = nodes.slice(0, 11).flatMap(({ key, table }, at) => {
      const shared = commonPrefixLength(fromHex(key) as Key, fromHex(gone.key) as Key)
      return table.includes(gone.peer) ? [[at, shared === 0 ? 0 : -shared]] : []
    })
    assert.equal(negative, wanted)
  })

  test('stand in the composition that a run keeps, which needs no file, and in an object', () => {
    const { specs, source } = read(`run = "${run}"`)
    assert.match(source, `# holds the values of ${run}\n`)
    const again = resolve(readComposition(source, { file: 'c.toml', env: {}, resource: () => '' }), toy)
    assert.equal(again.specs.map(specHash), specs.map(specHash))
    const groups = [
      { id: 'asking', count: 2 },
      { id: 'idle', share: 1, program: false },
    ]
    const composition = { plan: 'toy', case: 'find', total: 12, start: { tables: 'recorded' as const, run }, groups }
    const object = resolve(
      readObject(composition, (path) => readFileSync(join(root, path), 'utf8')),
      toy,
    )
    assert.equal(object.specs.map(specHash), specs.map(specHash))
    const told = resolve(readComposition(object.source, { file: 'c.toml', env: {}, resource: () => '' }), toy)
    assert.equal(told.specs.map(specHash), specs.map(specHash))
  })

  test('of a run are found from the folder that a composition is read in', async () => {
    const composition = {
      plan: 'dht',
      case: 'get-closest-peers',
      total: 12,
      start: { tables: 'recorded' as const, run },
      groups: [
        { id: 'asking', count: 2 },
        { id: 'idle', share: 1, program: false },
      ],
    }
    const { specs } = await prepare(composition, { workspace: findWorkspace(root) })
    assert.is(specs[0]?.start?.recorded?.entries.length, 12)
  })
})

describe('recorded tables are refused', (test) => {
  const message = (words: string, text = ''): string => refusal(() => read(words, { files: { tables: text } }))
  const fromFile = (text: string): string => message('file = "tables"', text)

  test('where ids do not hash to their keys, naming the first', () => {
    const swapped = nodes.map((node, at) => ({ ...node, key: nodes[(at + 1) % nodes.length]?.key ?? '' }))
    const found = fromFile(csv(swapped))
    assert.match(found, 'start.file: tables: has keys that are not the SHA-256 of their ids: ')
    for (const { peer } of nodes.slice(0, 3)) assert.ok(found.includes(peer))
    assert.is(found.includes(nodes[3]?.peer ?? ''), false)
    assert.match(found, ' and 9 more; take ids and keys from one snapshot')
  })

  test('where the snapshot is none', () => {
    assert.match(fromFile('a,b\n1,2\n'), 'has no column seq and none peer and none table, it has a, b; write seq,peer')
    assert.match(fromFile('seq,peer,table\n'), 'holds no node; write a row for each')
    assert.match(fromFile('{"seq":1,\n'), 'line 1 is no JSON')
    assert.match(fromFile(csv(nodes).replace('\n2,', '\n0,')), 'row 2 has 0 as seq; write 1, 2, …')
    assert.match(fromFile(csv(nodes).replace('\n2,', '\n13,')), 'has a node at position 3 where 2 is due; number nodes')
    assert.match(fromFile(csv(nodes).replace(nodes[0]?.peer ?? '', 'nobody')), 'peer id "nobody": not a peer id')
    assert.match(
      fromFile(csv(nodes.map((node, at) => (at === 0 ? { ...node, table: [node.peer] } : node)))),
      /the table of 12D3Koo\w+ holds a peer twice, or its owner/,
    )
    assert.match(fromFile(csv([...nodes.slice(0, 11), nodes[0] as Node])), 'has 12 rows of 11 peers')
    for (const bytes of ['seq,\0peer', 'seq,\uFFFD'])
      assert.match(fromFile(bytes), 'is no text in UTF-8; write the path')
    assert.match(message('run = "test"'), 'start.run: test/record.json: there is no such file; write a path')
  })

  test('where nothing, or more than one thing, says whose they are', () => {
    assert.match(message(''), 'start.tables: is "recorded", and nothing says whose; write run = "01K…"')
    assert.match(
      message(`run = "${run}"\nfile = "tables"`),
      'start.run: does not stand alone; write one of file, run and entries',
    )
    assert.match(message('file = "tables"\nsnapshot = "end"', csv(nodes)), 'start.snapshot: is of the tables of a run')
    assert.match(message('entries = [[1]]\nkeys_sha256 = "ab"'), 'start.keys_sha256: is not 64 hexadecimal digits')
    const keys = `keys_sha256 = "${'0'.repeat(64)}"`
    assert.match(
      message(`entries = [[2], [1, 3]]\n${keys}`),
      'start.entries[1]: is no table of node 2; write positions',
    )
  })

  test('of another number of nodes than the network has', () => {
    assert.is(
      refusal(() => read(`run = "${run}"`, { total: 20 })),
      'c.toml: groups: come to 20 nodes, and the recorded tables are of 12; write counts that come to 12',
    )
  })

  test('beside what they say themselves, and beside other tables', () => {
    assert.match(
      message(`run = "${run}"\nfill = 0.5`),
      'start.fill: says what recorded tables say themselves, and tables = "recorded"; remove it',
    )
    assert.match(
      message(`run = "${run}"\nneighbourhood = 0.5`),
      'start.neighbourhood: says what recorded tables say themselves, and tables = "recorded"; remove it',
    )
    const random = head(12).replace('recorded', 'random')
    assert.is(
      refusal(() =>
        resolve(readComposition(`${random}file = "tables"\n`, { file: 'c.toml', env: {}, resource: () => '' }), toy),
      ),
      'c.toml: start.file: is of tables = "recorded" alone, and tables = "random"; remove it',
    )
  })
})
