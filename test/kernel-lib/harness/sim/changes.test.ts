import * as assert from 'uvu/assert'
import { livesOf } from '../../../../kernel-lib/harness/sim/world/life/lives.ts'
import { momentsOf } from '../../../../kernel-lib/harness/sim/world/moments.ts'
import { cutsOf } from '../../../../kernel-lib/harness/sim/world/network/cuts.ts'
import { type Site, sitesOf } from '../../../../kernel-lib/harness/sim/world/place/places.ts'
import { rangesOf } from '../../../../kernel-lib/harness/sim/world/population/ranges.ts'
import { type VirtualTime, virtualTime } from '../../../../kernel-lib/harness/sim/world/time/virtual-time.ts'
import { describe } from '../../../suite.ts'
import { type GroupWords, specOf } from './spec-of.ts'

const seconds = (value: number) => ({ kind: 'constant', ms: value * 1000 }) as const
const atOnce = { stage: null, ms: 0 }

function passUntil(time: VirtualTime, ms: number): void {
  time.after(ms - time.nowMs, () => {})
  while ((time.dueMs() ?? Number.POSITIVE_INFINITY) <= ms) time.next()?.()
}

/** What happened to nodes of one group until a moment. */
function live(words: GroupWords, untilMs: number, began: readonly [string, number] | null = null) {
  const spec = specOf({ nodes: words })
  const time = virtualTime()
  const moments = momentsOf(time)
  const down = new Set<number>()
  const events: [atMs: number, what: string, seq: number][] = []
  const note = (what: string, site: Site): void => {
    events.push([time.nowMs, what, site.seq])
    if (what === 'crash') down.add(site.seq)
    else down.delete(site.seq)
  }
  livesOf(spec, {
    sites: sitesOf(spec),
    time,
    moments,
    isUp: ({ seq }) => !down.has(seq),
    crash: (site) => note('crash', site),
    restart: (site) => note('restart', site),
  })
  if (began !== null) time.after(began[1], () => moments.began(began[0]))
  passUntil(time, untilMs)
  return { events, down }
}

describe('the lives of simulated nodes', (test) => {
  test('end after a session and begin again after a time down', () => {
    const { events } = live({ life: { session: seconds(10), down: seconds(5) } }, 31_000)
    assert.equal(events, [
      [10_000, 'crash', 1],
      [15_000, 'restart', 1],
      [25_000, 'crash', 1],
      [30_000, 'restart', 1],
    ])
  })

  test('end for good where no time down is said', () => {
    const { events, down } = live({ count: 3, life: { session: seconds(10) } }, 100_000)
    assert.is(events.length, 3)
    assert.is(down.size, 3)
  })

  test('begin to count when a stage does', () => {
    const life = { session: seconds(10), from: { stage: 'measure', ms: 1000 } }
    assert.equal(live({ life }, 100_000).events, [])
    assert.equal(live({ life }, 100_000, ['measure', 20_000]).events, [[31_000, 'crash', 1]])
  })

  test('end in waves that take their share of the group, of those that are up', () => {
    const life = { crashes: { share: 0.25, everyMs: 30_000 }, down: seconds(40) }
    const { events } = live({ count: 40, life }, 95_000)
    const crashes = events.filter(([, what]) => what === 'crash')
    assert.equal(
      [30_000, 60_000, 90_000].map((atMs) => crashes.filter(([when]) => when === atMs).length),
      [10, 10, 10],
    )
    const [first, second] = [30_000, 60_000].map((atMs) =>
      crashes.filter(([when]) => when === atMs).map(([, , seq]) => seq),
    )
    assert.equal(
      first?.filter((seq) => second?.includes(seq)),
      [],
    )
  })

  test('that a wave ended early do not end again by the session before it', () => {
    const life = { session: seconds(50), down: seconds(5), crashes: { share: 1, everyMs: 30_000 } }
    const { events } = live({ life }, 59_000)
    assert.equal(events, [
      [30_000, 'crash', 1],
      [35_000, 'restart', 1],
    ])
  })
})

describe('cuts of a simulated network', (test) => {
  function cuts(topology: Parameters<typeof specOf>[1]) {
    const spec = specOf({ a: { count: 2 }, b: { count: 2 } }, topology)
    const time = virtualTime()
    const told: string[] = []
    const found = cutsOf(spec, {
      sites: sitesOf(spec),
      ranges: rangesOf(spec),
      time,
      moments: momentsOf(time),
      onChange: (event) => told.push(`${event} ${time.nowMs}`),
    })
    return { ...found, told, pass: (ms: number) => passUntil(time, ms) }
  }

  test('part a group from all others, and heal', () => {
    const partitions = [{ groups: ['a'], share: null, from: { stage: null, ms: 100 }, forMs: 50 }]
    const { between, pass, told } = cuts({ topology: { partitions } })
    pass(99)
    assert.is(between(1, 3), false)
    pass(120)
    assert.equal([between(1, 3), between(3, 1), between(1, 2), between(3, 4)], [true, true, false, false])
    pass(160)
    assert.is(between(1, 3), false)
    assert.equal(told, ['partitioned 100', 'healed 150'])
  })

  test('take links of a share down again and again, drawn anew', () => {
    const outages = [{ groups: [], share: 0.5, from: atOnce, forMs: 10, everyMs: 100 }]
    const { between, pass, told } = cuts({ topology: { outages } })
    const downAt = (ms: number): string => {
      pass(ms)
      return [1, 2, 3, 4].filter((seq) => between(seq, seq)).join()
    }
    const rounds = [5, 105, 205, 305, 405].map(downAt)
    assert.ok(rounds.every((seqs) => seqs.split(',').length === 2))
    assert.ok(new Set(rounds).size > 1)
    assert.is(downAt(450), '')
    assert.is(told.filter((line) => line.startsWith('link-up')).length, 5)
  })
})
