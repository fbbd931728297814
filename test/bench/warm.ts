import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { hopsModel } from '../../kernel-lib/models/hops-model.ts'
import { hops as modelledHops } from '../../kernel-lib/stats/model/hops.ts'
import type { Bench } from './parts/bench.ts'
import { compile } from './parts/compiled.ts'
import { withGrowth } from './parts/growth.ts'
import { type PrintColumn, printed } from './parts/print.ts'
import { sizesOf } from './parts/sizes.ts'
import { runWatched, statisticsOf } from './parts/watched-run.ts'

const usualSizes = [1000, 10_000]
const askers = 5
/** Lookups that the asking nodes make together: fewer where a network is large. */
const lookupsOf = (nodes: number): number => (nodes >= 1_000_000 ? 20 : 40)
/** Of plan dht: what makes identities, and what is simulated. */
const programs = ['identities.js', 'main.js']
const modelled = { lookups: 1000, sets: 1 } as const

/** What one size gave. */
interface Row {
  readonly nodes: number
  readonly outcome: string
  readonly lookups: number
  /** Of the simulation alone. */
  readonly cpuMsPerLookup: number
  readonly requestsPerLookup: number
  readonly hops: number
  /** Nodes that were made, those that run the program apart. */
  readonly made: number
  readonly memoryMb: number
  /** Null where they were kept from another run. CPU s */
  readonly identitiesCpuS: number | null
  readonly model: { readonly hops: number; readonly cpuMsPerLookup: number }
}

export default {
  about:
    'Networks that begin warm, size by size beside a model without libp2p: CPU, requests and hops a lookup, nodes made, memory. Sizes: 1000 10000.',
  async run(args) {
    const sizes = sizesOf(args, { bench: 'warm', usual: usualSizes, least: 25 })
    compile()
    console.log(
      `warm  plan dht, the 20 closest peers, full Kademlia tables, alpha 3, 3 paths, 40 ms each way, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, node ${process.version}, seed 1; × is the ratio to the size before`,
    )
    const rows: Row[] = []
    for (const nodes of sizes) {
      console.error(`${nodes} nodes`)
      rows.push(await measure(nodes))
    }
    for (const line of printed(rows, columnsOf(rows))) console.log(line)
  },
} satisfies Bench

function columnsOf(rows: readonly Row[]): readonly PrintColumn<Row>[] {
  return [
    { head: 'nodes', cell: ({ nodes }) => String(nodes) },
    { head: 'outcome', cell: ({ outcome }) => outcome },
    { head: 'lookups', cell: ({ lookups }) => String(lookups) },
    ...withGrowth(rows, { head: 'CPU ms/lookup', digits: 0, measure: ({ cpuMsPerLookup }) => cpuMsPerLookup }),
    ...withGrowth(rows, { head: 'requests', digits: 1, measure: ({ requestsPerLookup }) => requestsPerLookup }),
    ...withGrowth(rows, { head: 'hops', digits: 2, measure: ({ hops }) => hops }),
    ...withGrowth(rows, { head: 'nodes made', digits: 0, measure: ({ made }) => made }),
    ...withGrowth(rows, { head: 'peak MB', digits: 0, measure: ({ memoryMb }) => memoryMb }),
    {
      head: 'identities, CPU s',
      cell: ({ identitiesCpuS }) => (identitiesCpuS === null ? 'kept' : identitiesCpuS.toFixed(1)),
    },
    ...withGrowth(rows, { head: 'model: CPU ms/lookup', digits: 2, measure: ({ model }) => model.cpuMsPerLookup }),
    ...withGrowth(rows, { head: 'model: hops', digits: 2, measure: ({ model }) => model.hops }),
  ]
}

async function measure(nodes: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-bench-warm-'))
  try {
    const file = join(folder, 'warm.toml')
    writeFileSync(file, composition(nodes))
    const run = await runWatched(file, { folder, parts: programs.map((name) => join('plans/dht/dist', name)) })
    const [identities, simulation] = run.taken
    const { D4, D7 } = await statisticsOf(run)
    const { mean: hops, n } = D4 ?? {}
    const requests = D7?.all?.sent?.mean
    if (!simulation?.cpuS || typeof hops !== 'number' || typeof requests !== 'number' || !n)
      throw new Error(`warm: ${nodes} nodes ended in ${run.outcome}, and no lookup tells its hops`)
    return {
      nodes,
      outcome: run.outcome,
      lookups: n,
      cpuMsPerLookup: (simulation.cpuS * 1000) / n,
      requestsPerLookup: requests,
      hops,
      made: madeIn(run.folder),
      memoryMb: simulation.memoryMb,
      identitiesCpuS: identities?.memoryMb ? identities.cpuS : null,
      model: await modelOf(nodes),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function composition(nodes: number): string {
  return `plan = "dht"
case = "get-closest-peers"
runner = "sim"
total = ${nodes}
[start]
tables = "kademlia"
[params]
bucket_size = 20
alpha = 3
disjoint_paths = 3
dial_secs = 5
lookup_rate = 1.0
n_get_closest = ${lookupsOf(nodes) / askers}
timeout_secs = 3600
[network]
latency_ms = 40
[[groups]]
id = "asking"
count = ${askers}
[[groups]]
id = "others"
share = 1.0
program = false
`
}

/** Nodes of the population that were made at least once, as the trace tells. */
function madeIn(folder: string): number {
  const trace = gunzipSync(readFileSync(join(folder, 'trace.ndjson.gz'))).toString('utf8')
  const made = trace.split('\n').filter((line) => line.includes('"made"'))
  return new Set(made.map((line) => /"by":"([^"]+)"/.exec(line)?.[1])).size
}

async function modelOf(nodes: number): Promise<Row['model']> {
  const options = { tables: 'kademlia', peers: nodes, ...modelled } as const
  const before = process.cpuUsage()
  const result = await hopsModel(options)
  const { user, system } = process.cpuUsage(before)
  const hops = modelledHops(result).mean
  if (typeof hops !== 'number') throw new Error(`warm: the model of ${nodes} nodes tells no hops`)
  return { hops, cpuMsPerLookup: (user + system) / 1000 / (modelled.lookups * modelled.sets) }
}
