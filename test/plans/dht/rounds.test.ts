// time limit: 300 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { simHarness } from '../../../kernel-lib/harness/sim/sim.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import { holdersRecord } from '../../../plans/dht/holders-record.ts'
import { lookupRecord, type RecordSchema, type Row } from '../../../plans/sdk/index.ts'
import { freshRuns } from '../../kernel-lib/run/experiment-of.ts'
import { freshFolder } from '../../kernel-lib/run/fresh-folder.ts'
import { describe } from '../../suite.ts'

process.env.XDG_CACHE_HOME ??= freshFolder()

const told = join(import.meta.dirname, '../../../plans/dht/schemas/holders.json')

describe('find-providers in rounds', (test) => {
  test('tells its record as JSON', () =>
    assert.equal(JSON.parse(readFileSync(told, 'utf8')), JSON.parse(JSON.stringify(holdersRecord))))

  test('looks for the same records again as long after, while holders crash, and tells how many run', async () => {
    for (const { holders, lookups } of await searchedWhile({})) {
      const [provided, ...searched] = lookups
      assert.equal(
        holders.map(({ round, target, holders: all }) => [round, target, all]),
        [0, 1, 2].map((round) => [round, provided?.target, 6]),
      )
      const [first, ...later] = holders.map(({ ts_ms }) => ts_ms)
      assert.ok(
        later.every(
          (atMs, i) => atMs - (first ?? 0) >= (i + 1) * 120_000 && atMs - (first ?? 0) < (i + 1) * 120_000 + 1,
        ),
      )
      const alive = holders.map(({ alive: some }) => some)
      assert.is(alive[0], 6)
      assert.equal(
        alive,
        alive.toSorted((a, b) => b - a),
      )
      assert.ok((alive[2] ?? 6) < 6)
      assert.equal(
        holders.map(({ holding }) => holding),
        alive,
      )
      assert.is(searched.length, 3)
      assert.is(new Set(searched.map(({ target }) => target)).size, 1)
      assert.ok(searched[0]?.status === 'ok')
    }
  })

  test('counts no holder that crashed and came back among those that hold the record', async () => {
    for (const { holders } of await searchedWhile({ downSecs: 10 })) {
      const holding = holders.map(({ holding: some }) => some)
      assert.is(holding[0], 6)
      assert.equal(
        holding,
        holding.toSorted((a, b) => b - a),
      )
      assert.ok(holders.every(({ alive, holding: some }) => alive >= some))
      const last = holders.at(-1)
      assert.ok((last?.alive ?? 0) > (last?.holding ?? 6), JSON.stringify(last))
    }
  })
})

/** What two nodes recorded that each provided a record to 6 of 58, of which 30 % crash every minute, and looked for the other's in three rounds. */
async function searchedWhile(life: { readonly downSecs?: number }) {
  const runsFolder = freshRuns()
  const experiment = await prepare({
    plan: 'dht',
    case: 'find-providers',
    runner: 'sim',
    total: 60,
    start: { tables: 'kademlia' },
    network: { latencyMs: 40 },
    params: {
      bucket_size: 6,
      alpha: 2,
      record_count: 1,
      n_find_providers: 1,
      lookup_rate: 2,
      dial_secs: 5,
      search_rounds: 3,
      search_every_secs: 120,
    },
    groups: [
      { id: 'asking', count: 2 },
      {
        id: 'crashing',
        share: 1,
        program: false,
        life: { crashShare: 0.3, crashEverySecs: 60, fromStage: 'measure', ...life },
      },
    ],
  })
  const record = await run(experiment, { runsFolder, harness: simHarness() })
  assert.is(record.outcome, 'success')
  const rows = <S extends RecordSchema>(schema: S, index: number): Row<S>[] =>
    readFileSync(join(runsFolder, record.run, 'asking', String(index), schema.file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return [0, 1].map((index) => ({ holders: rows(holdersRecord, index), lookups: rows(lookupRecord, index) }))
}
