import { availableParallelism, loadavg } from 'node:os'
import { type Shape, unshaped } from '../../kernel-lib/network/shape.ts'
import { onWire, type Wire } from '../services/net/wire.ts'
import type { Bench } from './parts/bench.ts'
import { printed, withRatio } from './parts/print.ts'

const rounds = 3
const ms = 3000
const [addressA, addressB] = ['16.9.0.1', '16.9.0.2']

/** A wire as it is measured; a null shape is one without a queue. */
interface Condition {
  readonly name: string
  readonly shape: Partial<Shape> | null
  readonly streams: number
}

/** So rare that none is lost, yet each packet has to be looked at by itself. */
const byThemselves = { loss: 1e-12 }

const conditions: readonly Condition[] = [
  { name: 'no shaper', shape: null, streams: 1 },
  { name: 'no shape', shape: {}, streams: 1 },
  { name: '1 ms', shape: { latencyMs: 1 }, streams: 1 },
  { name: '10 ms', shape: { latencyMs: 10 }, streams: 1 },
  { name: '10 ms', shape: { latencyMs: 10 }, streams: 8 },
  { name: '10 ms, single packets', shape: { latencyMs: 10, ...byThemselves }, streams: 1 },
  { name: '50 ms', shape: { latencyMs: 50 }, streams: 1 },
  { name: '50 ms', shape: { latencyMs: 50 }, streams: 8 },
]

/** What one condition gave. */
interface Measure {
  readonly condition: Condition
  readonly mbps: number
  /** Of the shaper; null where there is none. */
  readonly shaper: {
    readonly packetsPerSecond: number
    readonly cpuUsPerPacket: number
    readonly lateMeanMs: number
    readonly lateMaxMs: number
  } | null
}

export default {
  about: 'The user-space shaper beside a wire without it: throughput, CPU and lateness of each packet.',
  async run() {
    const cores = availableParallelism()
    console.log(
      `shaper  TCP over one veth pair, latency each way, ${ms / 1000} s, median of ${rounds} rounds in turn; ${cores} cores, load ${loadavg()[0]?.toFixed(1)}`,
    )
    const measures: Measure[] = []
    for (let round = 0; round < rounds; round++)
      for (const condition of conditions) measures.push(await measure(condition))
    const rows = conditions.map((condition) => typical(measures.filter((one) => one.condition === condition)))
    for (const line of table(rows)) console.log(line)
    console.log(
      "A packet is up to 64 kB of a stream unless single; CPU is the shaper's and holds the receiver's stack.",
    )
  },
} satisfies Bench

async function measure(condition: Condition): Promise<Measure> {
  let found: Measure | null = null
  await onWire(async (wire) => {
    await prepare(wire, condition)
    const before = await wire.shaper.stats()
    const streams = Array.from({ length: condition.streams }, () => wire.a.ask('throughput', { to: addressB, ms }))
    const bps = (await Promise.all(streams)).reduce((sum, one) => sum + one, 0)
    const after = await wire.shaper.stats()
    const packets = after.packets - before.packets
    found = {
      condition,
      mbps: bps / 1e6,
      shaper: condition.shape && {
        packetsPerSecond: (packets * 1000) / ms,
        cpuUsPerPacket: ((after.cpuMs - before.cpuMs) * 1000) / packets,
        lateMeanMs: after.lateMeanMs,
        lateMaxMs: after.lateMaxMs,
      },
    }
  })
  if (found === null) throw new Error(`${condition.name}: measured nothing`)
  return found
}

async function prepare({ a, b, shaper }: Wire, { shape }: Condition): Promise<void> {
  await b.ask('sink')
  if (shape === null) for (const { run } of [a, b]) run('iptables', ['-w', '-t', 'mangle', '-F', 'PREROUTING'])
  else if (Object.keys(shape).length > 0)
    for (const address of [addressA, addressB]) await shaper.shape(address, { ...unshaped, ...shape })
}

/** The round whose throughput is in the middle. */
function typical(measures: readonly Measure[]): Measure {
  const [middle] = [...measures].sort((x, y) => x.mbps - y.mbps).slice(measures.length >> 1)
  if (middle === undefined) throw new Error('shaper: measured nothing')
  return middle
}

function table(rows: readonly Measure[]): string[] {
  const [first] = rows
  if (first === undefined) return []
  const ofShaper = (cell: (shaper: NonNullable<Measure['shaper']>) => string) => (row: Measure) =>
    row.shaper === null ? '-' : cell(row.shaper)
  return printed(rows, [
    { head: 'each way', cell: ({ condition }) => condition.name },
    { head: 'streams', cell: ({ condition }) => String(condition.streams) },
    ...withRatio('Mbit/s', (row: Measure) => row.mbps, first),
    { head: 'packets/s', cell: ofShaper(({ packetsPerSecond }) => packetsPerSecond.toFixed(0)) },
    { head: 'CPU/packet, us', cell: ofShaper(({ cpuUsPerPacket }) => cpuUsPerPacket.toFixed(1)) },
    { head: 'late mean, ms', cell: ofShaper(({ lateMeanMs }) => lateMeanMs.toFixed(3)) },
    { head: 'late most, ms', cell: ofShaper(({ lateMaxMs }) => lateMaxMs.toFixed(1)) },
  ])
}
