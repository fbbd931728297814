import { availableParallelism, loadavg } from 'node:os'
import type { Connection, Libp2p } from '@libp2p/interface'
import type { LinkShape } from '../../plans/sdk/index.ts'
import { withPair } from '../plans/libp2p/transport/pair.ts'
import type { Bench } from './parts/bench.ts'
import { printed } from './parts/print.ts'

const protocol = '/hoplab/bench/echo/1.0.0'
const pings = 50
const dials = 5
/** Sent over a link without a bandwidth, and what is sent in a second over one with. Bytes. */
const plainBytes = 50_000_000

/** A link as it is measured; null is TCP as it is. */
interface Condition {
  readonly name: string
  readonly link: Partial<LinkShape> | null
}

const mbit = (value: number): number => value * 1e6

const conditions: readonly Condition[] = [
  { name: 'plain TCP', link: null },
  { name: '1 ms', link: { latencyMs: 1 } },
  { name: '10 ms', link: { latencyMs: 10 } },
  { name: '50 ms', link: { latencyMs: 50 } },
  { name: '50 ± 20 ms', link: { latencyMs: 50, jitterMs: 20 } },
  { name: '8 Mbit/s', link: { bandwidthBps: mbit(8) } },
  { name: '80 Mbit/s', link: { bandwidthBps: mbit(80) } },
  { name: '400 Mbit/s', link: { bandwidthBps: mbit(400) } },
  { name: '10 ms, 80 Mbit/s', link: { latencyMs: 10, bandwidthBps: mbit(80) } },
]

/** What one condition gave. */
interface Measure {
  readonly condition: Condition
  /** ms, ascending. */
  readonly rttMs: readonly number[]
  readonly dialMs: readonly number[]
  readonly mbps: number
}

export default {
  about: 'What the delays of plans/libp2p come to beside plain TCP: round trips, dials, throughput.',
  async run() {
    console.log(
      `delay  two js-libp2p nodes in one process, one way configured; ${pings} round trips of a byte one after the other, ${dials} dials; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
    )
    const rows: Measure[] = []
    for (const condition of conditions) rows.push(await measure(condition))
    for (const line of table(rows)) console.log(line)
    console.log('A dial holds the handshakes of TCP, Noise and Yamux; all bytes pass through Noise and Yamux.')
  },
} satisfies Bench

async function measure(condition: Condition): Promise<Measure> {
  let found: Measure | null = null
  await withPair(condition.link, async ({ b, connect, send, receives }) => {
    const dialMs: number[] = []
    for (let at = 0; at < dials; at++) dialMs.push(await timed(connect))
    const connection = await connect()
    const rttMs: number[] = []
    const echo = await echoes(b.libp2p, connection)
    for (let at = 0; at < pings; at++) rttMs.push(await timed(echo))
    const bandwidthBps = condition.link?.bandwidthBps ?? 0
    const bytes = bandwidthBps > 0 ? bandwidthBps / 8 : plainBytes
    const ms = await timed(() => Promise.all([receives(bytes), send(bytes, connection)]))
    found = { condition, rttMs: rttMs.sort(ascending), dialMs: dialMs.sort(ascending), mbps: (bytes * 8) / 1000 / ms }
  })
  if (found === null) throw new Error(`${condition.name}: measured nothing`)
  return found
}

/** One byte there and back, over a stream that stays open. */
async function echoes(other: Libp2p, connection: Connection): Promise<() => Promise<unknown>> {
  await other.handle(protocol, (stream) => stream.addEventListener('message', ({ data }) => void stream.send(data)))
  const stream = await connection.newStream(protocol)
  const echo = (): Promise<unknown> =>
    new Promise((resolve) => {
      stream.addEventListener('message', resolve, { once: true })
      stream.send(new Uint8Array(1))
    })
  await echo()
  return echo
}

const ascending = (x: number, y: number): number => x - y

async function timed(body: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await body()
  return performance.now() - startMs
}

function at(values: readonly number[], share: number): string {
  return (values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN).toFixed(1)
}

function table(rows: readonly Measure[]): string[] {
  return printed(rows, [
    { head: 'each way', cell: ({ condition }) => condition.name },
    { head: 'RTT asked, ms', cell: ({ condition: { link } }) => (2 * (link?.latencyMs ?? 0)).toFixed(0) },
    { head: 'least', cell: ({ rttMs }) => at(rttMs, 0) },
    { head: 'median', cell: ({ rttMs }) => at(rttMs, 0.5) },
    { head: '95 %', cell: ({ rttMs }) => at(rttMs, 0.95) },
    { head: 'dial median, ms', cell: ({ dialMs }) => at(dialMs, 0.5) },
    { head: 'Mbit/s', cell: ({ mbps }) => mbps.toFixed(1) },
  ])
}
