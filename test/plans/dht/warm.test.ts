// time limit: 600 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { simHarness } from '../../../kernel-lib/harness/sim/sim.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import type {
  lookupRecord,
  nearestRecord,
  queryRecord,
  Row,
  surroundingsRecord,
  tableRecord,
} from '../../../plans/sdk/index.ts'
import { experimentOf, freshRuns } from '../../kernel-lib/run/experiment-of.ts'
import { freshFolder } from '../../kernel-lib/run/fresh-folder.ts'
import { describe } from '../../suite.ts'

process.env.XDG_CACHE_HOME ??= freshFolder()

interface Left {
  readonly outcome: string
  readonly trace: string
  /** What happened when, a line each, but for what the bytes were. */
  readonly happened: readonly string[]
  readonly lookups: readonly Row<typeof lookupRecord>[]
  readonly nearest: readonly Row<typeof nearestRecord>[]
  readonly queries: readonly Row<typeof queryRecord>[]
  readonly tables: readonly Row<typeof tableRecord>[]
  readonly surroundings: readonly Row<typeof surroundingsRecord>[]
}

/** Runs three nodes that look three keys up each, of 60 that are there. */
async function left(wish: Partial<Composition> = {}, params: Record<string, boolean | number> = {}): Promise<Left> {
  const experiment = await experimentOf({
    plan: 'warmed',
    case: 'get-closest-peers',
    runner: 'sim',
    total: 60,
    start: { tables: 'kademlia' },
    network: { latencyMs: 40 },
    groups: [
      { id: 'asking', count: 3 },
      { id: 'open', share: 1, program: false },
    ],
    ...wish,
    params: {
      bucket_size: 6,
      alpha: 2,
      n_get_closest: 3,
      lookup_rate: 0.05,
      dial_secs: 5,
      lookups_at_once: 1,
      ...params,
    },
  })
  const runsFolder = freshRuns()
  const record = await run(experiment, { runsFolder, harness: simHarness() })
  const rows = <R>(file: string): R[] =>
    [0, 1, 2].flatMap((index) =>
      readFileSync(join(runsFolder, record.run, 'asking', String(index), file), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as R),
    )
  const trace = gunzipSync(readFileSync(join(runsFolder, record.run, 'trace.ndjson.gz'))).toString()
  return {
    outcome: record.outcome,
    happened: trace
      .replace(/,"crc":\d+/g, '')
      .trimEnd()
      .split('\n'),
    trace: (record.placement?.trace as { readonly sha256: string }).sha256,
    lookups: rows('lookups.ndjson'),
    nearest: rows('nearest.ndjson'),
    queries: rows('queries.ndjson'),
    tables: rows('tables.ndjson'),
    surroundings: rows('surroundings.ndjson'),
  }
}

/** The run that others are compared with, made when it is first asked for. */
const usual = (() => {
  let made: Promise<Left> | null = null
  return (): Promise<Left> => {
    made ??= left()
    return made
  }
})()

const told = ({ lookups, queries }: Left) => ({
  lookups: lookups.map(({ lookup, status, seeds, closest }) => ({ lookup, status, seeds, closest })),
  answers: queries
    .filter(({ event }) => event === 'answered')
    .map(({ lookup, path, peer }) => `${lookup} ${path} ${peer}`),
})

describe('a warm network of plan dht', (test) => {
  test('finds all that is nearest, from tables that are drawn, and is the same for the same seed', async () => {
    const [a, b] = [await usual(), await left()]
    assert.is(a.outcome, 'success')
    assert.is(a.lookups.length, 9)
    assert.equal(
      a.nearest.map(({ nearest }) => nearest),
      a.lookups.map(({ closest }) => closest),
    )
    assert.equal(
      a.nearest.map(({ nearest }) => nearest.length),
      new Array(9).fill(6),
    )
    assert.equal([...new Set(a.tables.map(({ snapshot }) => snapshot))], ['warm', 'end'])
    const [before, after] = ['warm', 'end'].map((name) =>
      a.tables.filter(({ snapshot }) => snapshot === name).map(({ buckets }) => buckets),
    )
    assert.equal(before, after)
    assert.ok(a.tables.every(({ buckets }) => buckets.flat().length > 12))
    assert.is(a.surroundings.length, 6)
    for (const [at, { nearest, gone, undialable, client }] of a.surroundings.entries()) {
      const held = nearest.filter((peer) => a.tables[at]?.buckets.flat().includes(peer))
      assert.ok(nearest.length === 6 && held.length > 2, `${held.length} of ${nearest.length}`)
      assert.equal([gone, undialable, client], [[], [], []])
    }
    assert.match(a.trace, /^[0-9a-f]{64}$/)
    assert.is(a.trace, b.trace)
  })

  test('answers the same whether nodes are made when they are dialed or before, and whether they stay or go', async () => {
    const lazy = told(await usual())
    assert.ok(lazy.answers.length > 40)
    assert.equal(told(await left({}, { stays: true })), lazy)
    assert.equal(told(await left({}, { stays: true, wakes: true })), lazy)
  })

  test('asks, answers and carries as many bytes at the same moments with the ciphers of Noise as without', async () => {
    const [open, guarded] = [await usual(), await left({}, { ciphers: true })]
    assert.ok(open.happened.filter((line) => line.includes('"data"')).length > 1000)
    assert.is.not(guarded.trace, open.trace)
    assert.equal(guarded.happened, open.happened)
    assert.equal(guarded.lookups, open.lookups)
    assert.equal(guarded.queries, open.queries)
  })

  test('asks in vain where a peer is gone or cannot be dialed, and finds the others', async () => {
    const { outcome, lookups, nearest, queries, tables, surroundings } = await left({
      start: { tables: 'kademlia', stale: 0.2 },
      groups: [
        { id: 'asking', count: 3 },
        { id: 'open', share: 0.7, program: false },
        { id: 'clients', share: 0.1, program: false, params: { client_mode: true } },
        { id: 'hidden', share: 0.2, program: false, reach: { nat: 'single' } },
      ],
    })
    assert.is(outcome, 'success')
    assert.ok(queries.some(({ event }) => event === 'dial-failed'))
    for (const [at, { gone, undialable, client, nearest }] of surroundings.entries()) {
      const entries = tables[at]?.buckets.flat() ?? []
      const stale = [...gone, ...undialable]
      assert.ok(gone.length > 0 && undialable.length > 0 && stale.length < entries.length / 2)
      assert.equal([stale.filter((peer) => !entries.includes(peer)), client], [[], []])
      assert.equal([nearest.length, nearest.filter((peer) => gone.includes(peer))], [6, []])
    }
    const found = lookups.map(
      ({ closest }, i) => nearest[i]?.nearest.filter((peer) => closest.includes(peer)).length ?? 0,
    )
    assert.ok(
      found.every((count) => count > 0) && found.reduce((sum, count) => sum + count, 0) > 0.6 * 9 * 6,
      `${found}`,
    )
  })
})
