import * as assert from 'uvu/assert'
import { drawMs } from '../../../../kernel-lib/harness/sim/world/chance/draw.ts'
import { gatesOf } from '../../../../kernel-lib/harness/sim/world/network/gates.ts'
import { latencyOf } from '../../../../kernel-lib/harness/sim/world/place/latencies.ts'
import { isOpenTo, type Site, seenThrough, sitesOf } from '../../../../kernel-lib/harness/sim/world/place/places.ts'
import { virtualTime } from '../../../../kernel-lib/harness/sim/world/time/virtual-time.ts'
import { seededRandom } from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'
import { specOf } from './spec-of.ts'

const named = (sites: readonly Site[], name: string): Site =>
  sites.find(({ group, index }) => `${group.id}/${index}` === name) as Site

describe('the places of a simulated network', (test) => {
  test('behind one router reach out and each other, and nobody reaches in', () => {
    const sites = sitesOf(specOf({ open: { count: 1 }, home: { count: 3, reach: { nat: 'single', behind: 2 } } }))
    const [open, a, b, c] = ['open/0', 'home/0', 'home/1', 'home/2'].map((name) => named(sites, name)) as Site[] &
      [Site, Site, Site, Site]
    const reach = (from: Site, to: Site): boolean => isOpenTo(from, to)
    assert.equal([reach(a, open), reach(open, a)], [true, false])
    assert.equal([reach(a, b), reach(b, a), reach(a, c)], [true, true, false])
    assert.is(seenThrough(a, open)?.address, seenThrough(b, open)?.address)
    assert.is.not(seenThrough(a, open)?.address, seenThrough(c, open)?.address)
    assert.is(seenThrough(a, b), null)
  })

  test('behind two routers reach only who stands behind both', () => {
    const sites = sitesOf(specOf({ deep: { count: 4, reach: { nat: 'double', behind: 2 } } }))
    const [a, b, c] = sites as unknown as [Site, Site, Site]
    assert.equal([isOpenTo(a, b), isOpenTo(a, c)], [true, false])
    assert.is(seenThrough(a, c)?.name, 'deep/home-0')
  })

  test('are dealt to regions by shares, and are as far apart as their regions', () => {
    const regions = {
      names: ['eu', 'us'],
      latencyMs: [
        [5, 45],
        [50, 10],
      ],
      shares: [0.75, 0.25],
    }
    const spec = specOf({ dealt: { count: 400 }, there: { region: 'us' } }, { topology: { regions } })
    const sites = sitesOf(spec)
    const european = sites.filter(({ region }) => region === 0)
    assert.ok(Math.abs(european.length - 300) < 45, `${european.length} of 400`)
    const latency = latencyOf(spec)
    const there = named(sites, 'there/0')
    assert.is(there.region, 1)
    assert.equal([latency(european[0] as Site, there), latency(there, european[0] as Site)], [45, 50])
  })

  test('have one latency a pair, the same both ways and whoever asks first', () => {
    const topology = { pairLatency: { kind: 'lognormal', medianMs: 40, sigma: 0.5 } as const }
    const spec = specOf({ nodes: { count: 60 } }, { topology })
    const sites = sitesOf(spec)
    const [a, b, c] = sites as unknown as [Site, Site, Site]
    const [first, second] = [latencyOf(spec), latencyOf(spec)]
    assert.is(first(a, b), first(b, a))
    second(a, c)
    assert.is(second(b, a), first(a, b))
    const all = sites.flatMap((from) => sites.filter(({ seq }) => seq > from.seq).map((to) => first(from, to)))
    const median = all.toSorted((x, y) => x - y)[all.length >> 1] as number
    assert.ok(Math.abs(median - 40) < 3, `median of ${all.length} pairs: ${median}`)
  })

  test('take the dials of a share of the others, and none while they are shut', () => {
    const time = virtualTime()
    const constant = (ms: number) => ({ kind: 'constant', ms }) as const
    const spec = specOf({
      nodes: { count: 400 },
      picky: { reach: { acceptsShare: 0.3 } },
      tired: { reach: { openMs: constant(100), closedMs: constant(50) } },
    })
    const sites = sitesOf(spec)
    const gates = gatesOf(spec, sites, time)
    const taken = sites.filter((from) => gates.admits(from, named(sites, 'picky/0')))
    assert.ok(Math.abs(taken.length / sites.length - 0.3) < 0.07, `${taken.length} of ${sites.length}`)
    const tired = named(sites, 'tired/0')
    const seen = [50, 120, 160].map((atMs) => {
      while ((time.dueMs() ?? Number.POSITIVE_INFINITY) <= atMs) time.next()?.()
      return gates.admits(sites[0] as Site, tired)
    })
    assert.equal(seen, [true, false, true])
  })
})

describe('times that are drawn', (test) => {
  test('have the mean of their distribution', () => {
    const means: readonly (readonly [Parameters<typeof drawMs>[0], number])[] = [
      [{ kind: 'constant', ms: 7 }, 7],
      [{ kind: 'uniform', fromMs: 10, toMs: 30 }, 20],
      [{ kind: 'exponential', meanMs: 50 }, 50],
      [{ kind: 'lognormal', medianMs: 20, sigma: 0.5 }, 20 * Math.exp(0.125)],
      [{ kind: 'weibull', scaleMs: 30, shape: 2 }, 30 * 0.886227],
      [{ kind: 'recorded', ms: [1, 2, 6] }, 3],
    ]
    for (const [duration, mean] of means) {
      const random = seededRandom(1, duration.kind)
      const draws = Array.from({ length: 20_000 }, () => drawMs(duration, random))
      const found = draws.reduce((sum, one) => sum + one, 0) / draws.length
      assert.ok(Math.abs(found / mean - 1) < 0.03, `${duration.kind}: ${found}, expected ${mean}`)
    }
  })
})
