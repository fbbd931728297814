import { availableParallelism, loadavg } from 'node:os'
import type { Bench } from './parts/bench.ts'
import { type PrintColumn, printed } from './parts/print.ts'
import { benchClient } from './parts/sync-client.ts'
import { benchRun, count, type Load, meet, spread } from './parts/sync-loads.ts'
import { type Absent, goPeer, memoryPeer, type Peer, redisPeer } from './parts/sync-peers.ts'

const most = 1000

/** Median time of a load on each service, ms; null where the service failed at it. */
interface Row {
  readonly load: Load
  readonly ms: Readonly<Record<string, number | null>>
}

export default {
  about:
    "Our sync service (memory, Redis) and Testground's own in Go: signals, barriers, publish/subscribe. Clients at most: 1000.",
  async run([most_ = String(most)]) {
    const limit = Number(most_)
    if (!Number.isInteger(limit) || limit < 1)
      throw new Error(`sync: "${most_}" is no number of clients; write 1 or more`)
    const found = [await memoryPeer(benchRun, limit), await redisPeer(benchRun, limit), await goPeer()]
    const peers = found.filter((one): one is Peer => 'port' in one)
    console.log(
      `sync  ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}; each service in a process of its own, all clients in one; median of rounds, services in turn within a round; ms, lower is better`,
    )
    for (const { name, why } of found.filter((one): one is Absent => 'why' in one)) console.log(`skip ${name}: ${why}`)
    try {
      const rows: Row[] = []
      for (const load of loads(limit)) rows.push({ load, ms: await measure(load, peers) })
      for (const line of table(rows, peers)) console.log(line)
      console.log(
        'Every place and every delivery was checked: none lost, doubled or out of order, except where a cell says failed.',
      )
      if (rows.some(({ ms }) => Object.values(ms).includes(null))) process.exitCode = 1
    } finally {
      await Promise.all(peers.map((peer) => peer.stop()))
    }
  },
} satisfies Bench

function loads(limit: number): readonly Load[] {
  const sizes = [1, 100, 1000].filter((size) => size <= limit)
  return [
    ...sizes.map((size) => meet(size, size === 1 ? 51 : 7)),
    ...sizes.map((size) => count(size, 50, 5)),
    ...[10, 100, 1000].filter((size) => size <= limit).map((size) => spread(size, size === 1000 ? 3 : 7)),
  ]
}

async function measure(load: Load, peers: readonly Peer[]): Promise<Row['ms']> {
  console.error(`${load.text}, ${load.clients} clients`)
  const times: Record<string, number[] | null> = Object.fromEntries(peers.map(({ name }) => [name, []]))
  for (let round = 0; round < load.rounds; round++)
    for (const { name, port } of peers) {
      const clients = await Promise.all(Array.from({ length: load.clients }, (_, index) => benchClient(port, index)))
      try {
        times[name]?.push(await load.run(clients, round))
      } catch (error) {
        console.error(`${name}: ${(error as Error).message}`)
        times[name] = null
      } finally {
        for (const client of clients) client.close()
      }
    }
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms === null ? null : median(ms)]))
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function table(rows: readonly Row[], peers: readonly Peer[]): string[] {
  const has = (name: string): boolean => peers.some((peer) => peer.name === name)
  const pairs: readonly (readonly [string, string])[] = [
    ['redis', 'memory'],
    ['memory', 'go'],
    ['redis', 'go'],
  ]
  const ratios = pairs.filter((pair) => pair.every(has))
  const columns: PrintColumn<Row>[] = [
    { head: 'load', cell: ({ load }) => load.text },
    { head: 'clients', cell: ({ load }) => String(load.clients) },
    ...peers.map(({ name }) => ({ head: `${name}, ms`, cell: ({ ms }: Row) => ms[name]?.toFixed(1) ?? 'failed' })),
    ...ratios.map(([a, b]) => ({ head: `${a}/${b}`, cell: ({ ms }: Row) => ratio(ms[a], ms[b]) })),
  ]
  return printed(rows, columns)
}

function ratio(a: number | null | undefined, b: number | null | undefined): string {
  return typeof a === 'number' && typeof b === 'number' ? `${(a / b).toFixed(2)}×` : '–'
}
