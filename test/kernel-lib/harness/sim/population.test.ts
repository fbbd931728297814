import * as assert from 'uvu/assert'
import type { Member } from '../../../../kernel-lib/harness/instances/members.ts'
import { momentsOf } from '../../../../kernel-lib/harness/sim/world/moments.ts'
import { isOpenTo, type Site, seenThrough, sitesOf } from '../../../../kernel-lib/harness/sim/world/place/places.ts'
import { chosenWith } from '../../../../kernel-lib/harness/sim/world/population/chosen.ts'
import { doorsOf } from '../../../../kernel-lib/harness/sim/world/population/doors.ts'
import { type Lifeline, lifelineOf } from '../../../../kernel-lib/harness/sim/world/population/lifeline.ts'
import { presenceOf } from '../../../../kernel-lib/harness/sim/world/population/presence.ts'
import { rangesOf } from '../../../../kernel-lib/harness/sim/world/population/ranges.ts'
import { populationSites } from '../../../../kernel-lib/harness/sim/world/population/sites.ts'
import { virtualTime } from '../../../../kernel-lib/harness/sim/world/time/virtual-time.ts'
import { describe } from '../../../suite.ts'
import { type GroupWords, specOf } from './spec-of.ts'

const seconds = (value: number) => ({ kind: 'constant', ms: value * 1000 }) as const
const exponential = (mean: number) => ({ kind: 'exponential', meanMs: mean * 1000 }) as const

function crowd(words: GroupWords) {
  const spec = specOf({ asker: { count: 2 }, crowd: { count: 1000, program: false, ...words } })
  const ranges = rangesOf(spec)
  return { spec, ranges, member: (seq: number) => ranges.at(seq) as Member }
}

function lineOf(words: GroupWords, { seq = 3, sinceMs = 0, untilMs = 1e6 } = {}): Lifeline {
  return lifelineOf(crowd(words).member(seq), { seed: 1, sinceMs, untilMs })
}

/** Moments at which it changes, up to one. */
function changesOf(line: Lifeline, untilMs: number): readonly number[] {
  const changes: number[] = []
  for (line.readTo(0); line.changeMs <= untilMs; line.readTo(line.changeMs)) changes.push(line.changeMs)
  return changes
}

describe('positions of a population', (test) => {
  test('follow those of the instances, in the order of the groups', () => {
    const { all, at, instances, last } = rangesOf(
      specOf({ far: { count: 3, program: false }, asker: { count: 2 }, near: { count: 4, program: false } }),
    )
    assert.equal([instances, last, all.map(({ first }) => first)], [2, 9, [3, 6]])
    const nameAt = (seq: number): string | null => {
      const member = at(seq)
      return member && `${member.group.id}/${member.index}`
    }
    assert.equal([2, 3, 5, 6, 9, 10].map(nameAt), [null, 'far/0', 'far/2', 'near/0', 'near/3', null])
  })
})

describe('the life of a node that is not made', (test) => {
  test('ends after a session and begins again after a time down', () => {
    const life = { join: seconds(2), session: seconds(10), down: seconds(5) }
    assert.equal(changesOf(lineOf({ life }), 40_000), [2000, 12_000, 17_000, 27_000, 32_000])
  })

  test('ends for good where no time down is said', () => {
    const line = lineOf({ life: { session: seconds(10) } })
    assert.equal(changesOf(line, 1e6), [10_000])
    assert.equal([line.up, line.begun, line.changeMs], [false, true, Number.POSITIVE_INFINITY])
  })

  test('is the same however it is read', () => {
    const life = { session: exponential(10), down: exponential(5), crashes: { share: 0.1, everyMs: 7000 } }
    const often = lineOf({ life })
    for (let atMs = 0; atMs < 500_000; atMs += 100) often.readTo(atMs)
    for (const atMs of [500_000, 700_000]) {
      assert.is(lineOf({ life }).readTo(atMs).up, often.readTo(atMs).up)
      assert.is(lineOf({ life }).readTo(atMs).changeMs, often.changeMs)
    }
    assert.ok(changesOf(lineOf({ life }), 500_000).length > 20)
  })

  test('waits with its sessions for their stage', () => {
    const { spec, member } = crowd({ life: { session: seconds(10), from: { stage: 'measure', ms: 1000 } } })
    const time = virtualTime()
    const moments = momentsOf(time)
    const presence = presenceOf(spec, { time, moments })
    const line = presence.follow(member(3))
    time.after(20_000, () => moments.began('measure'))
    time.next()?.()
    assert.equal([presence.upSinceMs(member(3)), line().up, line().changeMs], [0, true, 31_000])
    time.after(11_000, () => {})
    time.next()
    assert.equal([presence.upSinceMs(member(3)), line().up], [null, false])
  })

  test('is ended by waves with their share', () => {
    const words = { life: { crashes: { share: 0.3, everyMs: 10_000 }, down: seconds(1) } }
    const { member } = crowd(words)
    const fell = Array.from({ length: 1000 }, (_, at) =>
      lifelineOf(member(3 + at), { seed: 1, sinceMs: 0, untilMs: 1e6 }),
    ).map((line) => changesOf(line, 20_000))
    const inWave = (atMs: number): number => fell.filter((changes) => changes.includes(atMs)).length
    assert.ok(Math.abs(inWave(10_000) - 300) < 50 && Math.abs(inWave(20_000) - 300) < 50)
    const inBoth = fell.filter((changes) => changes.includes(10_000) && changes.includes(20_000)).length
    assert.ok(Math.abs(inBoth - 90) < 35, `${inBoth}`)
  })
})

describe('the places of a population', (test) => {
  test('have routers of their own, shared as the group says', () => {
    const spec = specOf({
      asker: { count: 3, reach: { nat: 'double' } },
      home: { count: 5, program: false, reach: { nat: 'single', behind: 2 } },
      deep: { count: 4, program: false, reach: { nat: 'double', behind: 2 } },
      open: { count: 1, program: false },
    })
    const ranges = rangesOf(spec)
    const siteOf = populationSites(spec, ranges)
    const sites = Array.from({ length: 10 }, (_, at) => siteOf(ranges.at(4 + at) as Member))
    const [a, b, c, , , d, , e, , open] = sites as unknown as Site[] & { readonly [at: number]: Site }
    assert.equal([isOpenTo(a as Site, b as Site), isOpenTo(a as Site, c as Site)], [true, false])
    assert.equal([isOpenTo(d as Site, e as Site), seenThrough(d as Site, e as Site)?.name], [false, 'deep/home-0'])
    assert.is(seenThrough(d as Site, open as Site)?.name, 'deep/provider')
    const routers = [...sitesOf(spec), ...sites].flatMap((site) => site.routers)
    const byName = new Map(routers.map(({ name, address }) => [name, address]))
    assert.is(byName.size, 4 + 3 + 3)
    assert.is(new Set(byName.values()).size, byName.size)
    for (const { name, address } of routers) assert.is(byName.get(name), address)
  })

  test('take dials for as long as they are said to, however seldom they are asked', () => {
    const { spec, member, ranges } = crowd({ reach: { openMs: exponential(30), closedMs: exponential(10) } })
    const siteOf = populationSites(spec, ranges)
    const time = virtualTime()
    const [often, seldom] = [doorsOf(1, time), doorsOf(1, time)]
    const all = Array.from({ length: 1000 }, (_, at) => siteOf(member(3 + at)))
    for (let round = 0; round < 20; round++) {
      time.after(10_000, () => {})
      time.next()
      for (const site of all) often.isShut(site)
    }
    const shut = all.filter(often.isShut)
    assert.equal(all.filter(seldom.isShut), shut)
    assert.ok(Math.abs(shut.length - 250) < 50, `${shut.length}`)
  })

  test('are cut off by share, each by a draw of its own, or by group', () => {
    const { ranges } = crowd({})
    const ofShare = chosenWith(new Set([2]), ranges, { groups: [], share: 0.3, seed: 1, stream: 'partition:0' })
    const seqs = Array.from({ length: 1000 }, (_, at) => 3 + at)
    const count = seqs.filter(ofShare.has).length
    assert.ok(Math.abs(count - 300) < 50, `${count}`)
    assert.equal([ofShare.has(1), ofShare.has(2)], [false, true])
    const ofGroup = chosenWith(new Set(), ranges, { groups: ['crowd'], share: null, seed: 1, stream: '' })
    assert.equal([ofGroup.has(2), ofGroup.has(3), ofGroup.has(1002)], [false, true, true])
  })
})
