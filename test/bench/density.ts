import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './parts/bench.ts'
import { compile } from './parts/compiled.ts'
import type { Taken } from './parts/family.ts'
import { printed, withRatio } from './parts/print.ts'
import { sizesOf } from './parts/sizes.ts'
import { runWatched } from './parts/watched-run.ts'

const usualSizes = [10, 50, 100, 200]
/** Lookups that all nodes together are to begin, whatever their number. */
const lookups = 400
const bucketSize = 8
const alpha = 3
const atOnce = 8

/** What one size gave. */
interface Density {
  readonly nodes: number
  readonly outcome: string
  /** From the start of the run to the tables' target; null where only the time bound ended bootstrap. s. */
  readonly convergedS: number | null
  readonly lookups: number
  readonly failed: number
  readonly lookupsPerSecond: number
  /** Highest resident memory of all instance processes over the number of nodes. MB. */
  readonly memoryMb: number
}

export default {
  about: 'DHT nodes on this machine: time to converged tables, lookups a second, memory a node. Sizes: 10 50 100 200.',
  async run(args) {
    const sizes = sizesOf(args, { bench: 'density', usual: usualSizes })
    compile()
    console.log(
      `density  plan dht, exec, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load ${loadavg()[0]?.toFixed(1)}, bucket size ${bucketSize}, alpha ${alpha}, seed 1; lookups for the closest peers to random keys, ${atOnce} at a time`,
    )
    const rows: Density[] = []
    for (const nodes of sizes) {
      console.error(`${nodes} nodes`)
      rows.push(await measure(nodes))
    }
    for (const line of table(rows)) console.log(line)
    console.log(
      'Lookups also dial and ping peers that they hear of, until tables are full: the more nodes, the more of the work is that.',
    )
  },
} satisfies Bench

function table(rows: readonly Density[]): string[] {
  const [first] = rows
  if (first === undefined) return []
  return printed(rows, [
    { head: 'nodes', cell: ({ nodes }) => String(nodes) },
    { head: 'outcome', cell: ({ outcome }) => outcome },
    ...withRatio('converged, s', ({ convergedS }: Density) => convergedS ?? Number.NaN, first),
    { head: 'lookups', cell: (row) => String(row.lookups) },
    { head: 'failed', cell: ({ failed }) => String(failed) },
    ...withRatio('lookups/s', (row: Density) => row.lookupsPerSecond, first),
    ...withRatio('memory/node, MB', (row: Density) => row.memoryMb, first),
  ])
}

async function measure(nodes: number): Promise<Density> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-density-'))
  try {
    const file = join(folder, 'density.toml')
    writeFileSync(file, composition(nodes))
    const run = await runWatched(file, { folder, parts: [join('plans', 'dht')] })
    const [{ memoryMb }] = run.taken as [Taken]
    return { nodes, outcome: run.outcome, ...readRun(run.folder), memoryMb: memoryMb / nodes }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function composition(nodes: number): string {
  return `plan = "dht"
case = "get-closest-peers"
runner = "exec"
[params]
bucket_size = ${bucketSize}
alpha = ${alpha}
n_bootstrap = ${Math.ceil(nodes / 10)}
n_get_closest = ${Math.ceil(lookups / nodes)}
lookup_rate = 10000.0
lookups_at_once = ${atOnce}
timeout_secs = 900
[[groups]]
id = "nodes"
count = ${nodes}
`
}

type Rows = readonly Readonly<Record<string, number | string | null>>[]

function readRun(folder: string): Pick<Density, 'convergedS' | 'lookups' | 'failed' | 'lookupsPerSecond'> {
  const { startedMs } = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as { startedMs: number }
  const instances = readdirSync(join(folder, 'nodes')).map((index) => join(folder, 'nodes', index))
  const reached = instances
    .flatMap((instance) => rowsOf(join(instance, 'bootstrap.ndjson')))
    .filter(({ ending }) => ending === 'reached')
    .map(({ ts_ms }) => Number(ts_ms))
  const measured = instances
    .flatMap((instance) => rowsOf(join(instance, 'lookups.ndjson')))
    .filter(({ phase }) => phase === 'measured')
  const spanMs =
    Math.max(...measured.map(({ end_ms }) => Number(end_ms))) -
    Math.min(...measured.map(({ start_ms }) => Number(start_ms)))
  return {
    convergedS: reached.length === 0 ? null : (Math.max(...reached) - startedMs) / 1000,
    lookups: measured.length,
    failed: measured.filter(({ status }) => status !== 'ok').length,
    lookupsPerSecond: (measured.length * 1000) / spanMs,
  }
}

function rowsOf(file: string): Rows {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line))
}
