import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './parts/bench.ts'
import { compile } from './parts/compiled.ts'
import type { Taken } from './parts/family.ts'
import { type PrintColumn, printed } from './parts/print.ts'
import { sizesOf } from './parts/sizes.ts'
import { runWatched } from './parts/watched-run.ts'

const usualSizes = [50, 200, 500, 1000]
/** Beyond this many, processes on two cores take longer than anyone waits. */
const mostOnExec = 200
/** Lookups that all nodes together make, whatever their number. */
const lookups = 200
const latencyMs = 40

/** What one size gave on one harness. */
interface Row {
  readonly nodes: number
  readonly runner: string
  readonly outcome: string
  /** In the network's time. s */
  readonly networkS: number
  readonly cpuS: number
  /** Null on a harness that counts none. */
  readonly events: number | null
  readonly memoryMb: number
}

export default {
  about:
    'The simulator beside processes: seconds of network time and events per second of processor time, memory a node. Sizes: 50 200 500 1000.',
  async run(args) {
    const sizes = sizesOf(args, { bench: 'sim', usual: usualSizes })
    compile()
    console.log(
      `sim  plan dht, ${lookups} lookups for the closest peers, ${latencyMs} ms each way, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, node ${process.version}, seed 1`,
    )
    const rows: Row[] = []
    for (const nodes of sizes)
      for (const runner of nodes <= mostOnExec ? ['sim', 'exec'] : ['sim']) {
        console.error(`${nodes} nodes on ${runner}`)
        rows.push(await measure(nodes, runner))
      }
    for (const line of printed(rows, columns)) console.log(line)
  },
} satisfies Bench

const columns: readonly PrintColumn<Row>[] = [
  { head: 'nodes', cell: ({ nodes }) => String(nodes) },
  { head: 'runner', cell: ({ runner }) => runner },
  { head: 'outcome', cell: ({ outcome }) => outcome },
  { head: 'network time, s', cell: ({ networkS }) => networkS.toFixed(1) },
  { head: 'CPU, s', cell: ({ cpuS }) => cpuS.toFixed(0) },
  { head: 'network s / CPU s', cell: ({ networkS, cpuS }) => (networkS / cpuS).toFixed(2) },
  { head: 'events / CPU s', cell: ({ events, cpuS }) => (events === null ? '' : (events / cpuS).toFixed(0)) },
  { head: 'memory/node, kB', cell: ({ memoryMb, nodes }) => ((memoryMb * 1024) / nodes).toFixed(0) },
]

async function measure(nodes: number, runner: string): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-bench-sim-'))
  try {
    const file = join(folder, 'sim.toml')
    writeFileSync(file, composition(nodes, runner))
    const run = await runWatched(file, { folder, parts: [join('plans', 'dht')] })
    const [{ cpuS, memoryMb }] = run.taken as [Taken]
    return { nodes, runner, outcome: run.outcome, cpuS, memoryMb, ...networkTime(run.folder) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function composition(nodes: number, runner: string): string {
  return `plan = "dht"
case = "get-closest-peers"
runner = "${runner}"
[params]
bucket_size = 8
alpha = 3
n_bootstrap = ${Math.ceil(nodes / 25)}
bootstrap_target = 0.8
n_get_closest = 1
lookup_rate = 20.0
timeout_secs = 3600
[network]
latency_ms = ${latencyMs}
[[groups]]
id = "asking"
count = ${Math.min(nodes, lookups)}
[groups.params]
n_get_closest = ${Math.ceil(lookups / Math.min(nodes, lookups))}
${nodes <= lookups ? '' : `[[groups]]\nid = "others"\ncount = ${nodes - lookups}\n[groups.params]\nn_get_closest = 0\n`}`
}

function networkTime(folder: string): Pick<Row, 'networkS' | 'events'> {
  const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'))
  const { virtualMs, events } = record.placement
  return virtualMs === undefined
    ? { networkS: (record.endedMs - record.startedMs) / 1000, events: null }
    : { networkS: virtualMs / 1000, events }
}
