// time limit: 600 s
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as assert from 'uvu/assert'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import { repeat } from '../../../kernel-lib/run/repeat.ts'
import { findWorkspace } from '../../../kernel-lib/run/workspace.ts'
import { showRun } from '../../../kernel-lib/stats/show-run.ts'
import { describe } from '../../suite.ts'
import { freshRuns } from './experiment-of.ts'
import { freshFolder } from './fresh-folder.ts'

process.env.XDG_CACHE_HOME ??= freshFolder()
const workspace = findWorkspace(import.meta.dirname)

const warm: Composition = {
  plan: 'dht',
  case: 'get-closest-peers',
  runner: 'sim',
  total: 80,
  start: { tables: 'kademlia', fill: 0.8, stale: 0.1 },
  network: { latencyMs: 40, jitterMs: 5 },
  params: { bucket_size: 6, alpha: 3, disjoint_paths: 3, n_get_closest: 2, lookup_rate: 2, dial_secs: 5 },
  groups: [
    { id: 'asking', count: 3 },
    { id: 'open', share: 0.7, program: false },
    { id: 'hidden', share: 0.3, program: false, reach: { nat: 'single' } },
  ],
}

const bootstrapped: Composition = {
  plan: 'dht',
  case: 'find-peers',
  runner: 'sim',
  network: { latencyMs: 40, jitterMs: 5 },
  params: { n_find_peers: 2 },
  groups: [{ id: 'nodes', count: 8 }],
}

type Bytes = Readonly<Record<string, string>>

/** What four seeds left, `atOnce` at a time: every file of each run, and its statistics as a program is told them. */
async function sweep(composition: Composition, atOnce: number): Promise<readonly Bytes[]> {
  const runsFolder = freshRuns()
  const experiment = await prepare({ ...composition, repetitions: 4 }, { workspace })
  const records = await repeat(experiment, { runsFolder, atOnce })
  assert.equal(
    records.map(({ outcome }) => outcome),
    Array(4).fill('success'),
  )
  const left: Bytes[] = []
  for (const record of records) {
    const { json } = await showRun(record.run, { runsFolder })
    left.push({ ...filesOf(record, join(runsFolder, record.run)), statistics: JSON.stringify(json.statistics) })
  }
  return left
}

/** By path; the run's id stands as `RUN` wherever it is named. */
function filesOf(record: RunRecord, folder: string): Bytes {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const named = new Set<string>()
  const left = files.map((file) => {
    const path = relative(folder, join(file.parentPath, file.name))
    const bytes = readFileSync(join(folder, path), 'latin1')
    if (bytes.includes(record.run)) named.add(path)
    return [path, bytes.replaceAll(record.run, 'RUN')] as const
  })
  return { ...Object.fromEntries(left), 'record.json': JSON.stringify(timeless(record, named)) }
}

/** A record without when it was, how long it took, and the hashes of files that name the run. */
function timeless({ run: _, startedMs: __, endedMs: ___, artifacts, ...record }: RunRecord, named: Set<string>) {
  return {
    ...record,
    artifacts: artifacts.map(({ path, bytes, sha256 }) => ({ path, bytes, ...(!named.has(path) && { sha256 }) })),
  }
}

/** What stands around the first place at which two texts differ; null where none. */
function firstDifference(one: string, two: string): readonly string[] | null {
  if (one === two) return null
  let at = 0
  while (one[at] === two[at]) at++
  return [one, two].map((text) => text.slice(Math.max(0, at - 80), at + 80))
}

describe('a sweep over seeds', (test) => {
  for (const [kind, composition, files] of [
    ['warm', warm, ['asking/0/lookups.ndjson', 'asking/2/queries.ndjson', 'asking/1/nearest.ndjson']],
    ['bootstrapped', bootstrapped, ['nodes/0/lookups.ndjson', 'nodes/7/tables.ndjson']],
  ] as const)
    test(`of ${kind} networks leaves the same bytes, file by file, whether one runs at a time or two`, async () => {
      const [one, two] = [await sweep(composition, 1), await sweep(composition, 2)]
      for (const [seed, left] of one.entries()) {
        assert.equal(Object.keys(two[seed] ?? {}), Object.keys(left))
        for (const [path, bytes] of Object.entries(left))
          assert.is(firstDifference(bytes, two[seed]?.[path] ?? ''), null, `seed ${seed}: ${path}`)
        for (const path of [...files, 'trace.ndjson.gz', 'composition.toml', 'statistics'])
          assert.ok((left[path]?.length ?? 0) > 100, `${path} says little`)
      }
      assert.is(new Set(one.map((left) => left['trace.ndjson.gz'])).size, 4)
    })
})
