// time limit: 300 s
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { type Shape, unshaped } from '../../kernel-lib/network/shape.ts'
import { startShaper } from '../../kernel-lib/network/shaper/process.ts'
import { compileShaper } from '../../kernel-lib/network/shaper.ts'
import { tcLines } from '../../kernel-lib/network/tc.ts'
import { describe } from '../suite.ts'
import { openCrowd } from './net/crowd.ts'
import type { Namespace } from './net/namespace.ts'
import { compiler, namespaces } from './net/needs.ts'
import { onWire, queue, type Wire } from './net/wire.ts'

const [addressA, addressB] = ['16.9.0.1', '16.9.0.2']

const shape = (part: Partial<Shape>): Shape => ({ ...unshaped, ...part })
const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? Number.NaN
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Whether a count is what a chance gives in so many tries, but for one in two million cases. */
function assertChance(count: number, { of, chance }: { of: number; chance: number }): void {
  const spread = 5 * Math.sqrt(of * chance * (1 - chance))
  assert.ok(Math.abs(count - of * chance) <= spread, `${count} of ${of}, not ${of * chance} ± ${spread.toFixed(0)}`)
}

/** Numbers of datagrams that arrive in B of those that A sends. */
async function arrivals({ a, b }: Wire, count: number): Promise<readonly number[]> {
  await a.ask('send', { to: addressB, count })
  const all: number[] = []
  for (let quiet = 0; quiet < 3; ) {
    await sleep(300)
    const more = await b.ask('collected')
    all.push(...more)
    quiet = more.length === 0 ? quiet + 1 : 0
  }
  return all
}

async function within(ratio: number, wire: Wire, wantedMs: number): Promise<void> {
  // The least: on a busy machine others wait for a processor too.
  const found = Math.min(...(await wire.a.ask('roundTrips', { to: addressB, count: 15 })))
  assert.ok(Math.abs(found - wantedMs) < ratio * wantedMs, `a round trip takes ${found} ms, not ${wantedMs} ms`)
}

describe(
  'the shaper',
  (test) => {
    test('delays each way by its source, changes that live, and forgets it', () =>
      onWire(async (wire) => {
        await wire.b.ask('echo')
        await wire.shaper.shape(addressA, shape({ latencyMs: 50 }))
        await wire.shaper.shape('16.9.0.0/24', shape({ latencyMs: 400 }))
        await wire.shaper.shape(addressB, shape({ latencyMs: 50 }))
        await within(0.1, wire, 100)
        await wire.shaper.shape(addressB, shape({ latencyMs: 10 }))
        await within(0.1, wire, 60)
        await wire.shaper.clear(addressA)
        await wire.shaper.clear('16.9.0.0/24')
        await within(0.3, wire, 10)
        const stats = await wire.shaper.stats()
        assert.ok(stats.packets >= 90, `${stats.packets} packets`)
        assert.equal(
          [stats.dropped, stats.corrupted, stats.duplicated, stats.reordered, stats.overflowed],
          [0, 0, 0, 0, 0],
        )
      }))

    test('spreads delays evenly over latency ± jitter', () =>
      onWire(async ({ a, b, shaper }) => {
        await b.ask('echo')
        await shaper.shape(addressA, shape({ latencyMs: 30, jitterMs: 20 }))
        const times = await a.ask('roundTrips', { to: addressB, count: 100 })
        assert.is(times.length, 100)
        // 8 ms are more than five standard errors of the mean, and what a busy machine adds.
        assert.ok(Math.abs(mean(times) - 30) < 8, `mean ${mean(times)}`)
        assert.ok(Math.min(...times) >= 10 && Math.min(...times) < 20, `least ${Math.min(...times)}`)
        assert.ok(Math.max(...times) > 40, `most ${Math.max(...times)}`)
      }))

    test('loses its share', () =>
      onWire(async (wire) => {
        await wire.b.ask('collect')
        await wire.shaper.shape(addressA, shape({ loss: 0.2 }))
        const arrived = await arrivals(wire, 3000)
        assertChance(3000 - arrived.length, { of: 3000, chance: 0.2 })
        assert.is((await wire.shaper.stats()).dropped, 3000 - arrived.length)
      }))

    test('hands over its share twice', () =>
      onWire(async (wire) => {
        await wire.b.ask('collect')
        await wire.shaper.shape(addressA, shape({ latencyMs: 5, duplicate: 0.3 }))
        const arrived = await arrivals(wire, 3000)
        const twice = arrived.length - new Set(arrived).size
        assert.is(new Set(arrived).size, 3000)
        assertChance(twice, { of: 3000, chance: 0.3 })
        assert.is((await wire.shaper.stats()).duplicated, twice)
      }))

    test('corrupts its share, which the receiver’s checksums find', () =>
      onWire(async (wire) => {
        await wire.b.ask('collect')
        await wire.shaper.shape(addressA, shape({ corrupt: 0.3 }))
        const arrived = await arrivals(wire, 3000)
        const { corrupted } = await wire.shaper.stats()
        assertChance(corrupted, { of: 3000, chance: 0.3 })
        assert.is(arrived.length, 3000 - corrupted)
        assert.is(udpErrors(wire.b), corrupted)
      }))

    test('lets its share overtake what is delayed', () =>
      onWire(async (wire) => {
        await wire.b.ask('collect')
        await wire.shaper.shape(addressA, shape({ latencyMs: 20, reorder: 0.25 }))
        const arrived = await arrivals(wire, 3000)
        assert.is(new Set(arrived).size, 3000)
        assertChance((await wire.shaper.stats()).reordered, { of: 3000, chance: 0.25 })
        const late = arrived.filter((number, at) => number < (arrived[at - 1] ?? 0)).length
        assert.ok(late > 300, `${late} datagrams came after a later one`)
      }))

    test('draws in bursts where a draw follows the one before', () =>
      onWire(async (wire) => {
        await wire.b.ask('collect')
        await wire.shaper.shape(addressA, shape({ duplicate: 0.5, duplicateCorrelation: 0.9 }))
        const arrived = await arrivals(wire, 3000)
        const twice = new Set(arrived.filter((number, at) => arrived.indexOf(number) !== at))
        const next = [...twice].filter((number) => twice.has(number + 1)).length
        assert.ok(twice.size > 500, `${twice.size} of 3000 twice`)
        assert.ok(next / twice.size > 0.75, `${next} of ${twice.size} were followed by another`)
      }))

    test('gives the same packets the same fate for the same seed', async () => {
      const lost = async (seed: number): Promise<readonly number[]> => {
        let arrived: readonly number[] = []
        await onWire(async (wire) => {
          await wire.b.ask('collect')
          await wire.shaper.shape(addressA, shape({ loss: 0.3 }))
          arrived = await arrivals(wire, 500)
        }, seed)
        return arrived
      }
      const [first, again, other] = [await lost(7), await lost(7), await lost(8)]
      assert.ok(first.length > 250 && first.length < 450, `${first.length} of 500`)
      assert.equal(again, first)
      assert.not.equal(other, first)
    })

    test('takes batches of a stream whole, until packets are to be lost or changed, and then again', () =>
      onWire(async ({ a, b, shaper }) => {
        await b.ask('sink')
        const bytesPerPacket = async (part: Partial<Shape>): Promise<number> => {
          await shaper.shape(addressA, shape(part))
          const before = (await shaper.stats()).packets
          const bps = await a.ask('throughput', { to: addressB, ms: 1000 })
          return bps / 8 / ((await shaper.stats()).packets - before)
        }
        assert.ok((await bytesPerPacket({ latencyMs: 2 })) > 3000)
        assert.ok((await bytesPerPacket({ latencyMs: 2, loss: 1e-12 })) < 1600)
        assert.ok((await bytesPerPacket({ latencyMs: 2, corrupt: 1e-12 })) < 1600)
        assert.ok((await bytesPerPacket({ latencyMs: 2 })) > 3000)
      }))

    test('brings a stream through everything at once, which TCP repairs', () =>
      onWire(async ({ a, b, shaper }) => {
        await b.ask('sink')
        const everything = { latencyMs: 2, jitterMs: 1, loss: 0.01, corrupt: 0.01, duplicate: 0.05, reorder: 0.05 }
        for (const address of [addressA, addressB]) await shaper.shape(address, shape(everything))
        assert.ok((await a.ask('throughput', { to: addressB, ms: 2000 })) > 100_000)
        const { dropped, corrupted, duplicated, reordered } = await shaper.stats()
        assert.ok(
          Math.min(dropped, corrupted, duplicated, reordered) > 0,
          `${[dropped, corrupted, duplicated, reordered]}`,
        )
      }))

    test('delays what HTB has limited, and the stream keeps the bandwidth', () =>
      onWire(async ({ a, b, shaper }) => {
        const after = shape({ latencyMs: 20, bandwidthBps: 10_000_000 })
        await b.ask('sink')
        await shaper.shape(addressA, after)
        a.run('tc', ['-batch', '-'], tcLines('eth1', { before: unshaped, after }, { netem: false }).join('\n'))
        const bps = await a.ask('throughput', { to: addressB, ms: 4000 })
        assert.ok(Math.abs(bps - 10_000_000) < 1_000_000, `${bps} bit/s`)
      }))

    test('lets nothing pass in a namespace that it left, until it joins again', () =>
      onWire(async (wire) => {
        const { b, shaper } = wire
        await b.ask('collect')
        assert.is((await arrivals(wire, 20)).length, 20)
        await shaper.leave({ path: b.path, queue })
        assert.is((await arrivals(wire, 20)).length, 0)
        await shaper.join({ path: b.path, queue })
        assert.is((await arrivals(wire, 20)).length, 20)
      }))

    test('serves hundreds of namespaces, each with a latency of its own', async () => {
      const shaper = await startShaper(await compileShaper(), { seed: 1 })
      const { asker, others, close } = await openCrowd(200)
      try {
        const latency = (at: number): number => 50 + (at % 40) * 5
        for (const { path } of [asker, ...others]) await shaper.join({ path, queue })
        await shaper.shape('16.9.0.1', shape({ latencyMs: 50 }))
        for (const [at, { address }] of others.entries()) await shaper.shape(address, shape({ latencyMs: latency(at) }))
        const times = await asker.ask('refusals', { of: others.map(({ address }) => address) })
        const ratios = times.map((time, at) => time / (50 + latency(at)))
        assert.is(ratios.length, 200)
        assert.ok(Math.min(...ratios) > 0.999, `one took ${Math.min(...ratios)} of its time`)
        assert.ok(median(ratios) < 1.1, `the median took ${median(ratios)} of its time`)
        assert.ok((await shaper.stats()).packets >= 400)
      } finally {
        await Promise.all([close(), shaper.close()])
      }
    })

    test('says what it does not know, and goes on', async () => {
      const shaper = await startShaper(await compileShaper(), { seed: 1 })
      const message = (promise: Promise<unknown>) =>
        promise.then(
          () => 'nothing',
          (error: Error) => error.message,
        )
      const path = '/proc/0/ns/net'
      assert.match(await message(shaper.join({ path, queue: 0 })), /^shaper: \/proc\/0\/ns\/net: No such file/)
      assert.match(await message(shaper.leave({ path, queue: 0 })), /is not joined$/)
      assert.match(await message(shaper.clear('1.2.3.4')), /has no shape$/)
      assert.match(await message(shaper.shape('1.2.3.4/33', unshaped)), /is no IPv4 address/)
      assert.match(await message(shaper.shape('1.2.3.4', shape({ loss: 2 }))), /^shaper: loss=2: is no part of a shape/)
      assert.is((await shaper.stats()).packets, 0)
      await shaper.close()
      assert.match(await message(shaper.stats()), /the shaper ended \(exit code 0\)/)
    })
  },
  [namespaces, compiler],
)

/** Datagrams that the kernel threw away in a namespace because they were damaged. */
function udpErrors({ run }: Namespace): number {
  const [names, values] = run('cat', ['/proc/self/net/snmp'])
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '))
  return Number(values?.[names?.indexOf('InErrors') ?? -1])
}
