import * as assert from 'uvu/assert'
import { heapOf } from '../../../../kernel-lib/harness/sim/world/time/heap.ts'
import { virtualTime } from '../../../../kernel-lib/harness/sim/world/time/virtual-time.ts'
import { seededRandom } from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'

/** Everything that is to happen, with the moment it happens at. */
function happenings(count: number, setUp: (time: ReturnType<typeof virtualTime>, seen: unknown[]) => void): unknown[] {
  const time = virtualTime()
  const seen: unknown[] = []
  setUp(time, seen)
  for (let at = 0; at < count; at++) {
    const run = time.next()
    if (run === null) return [...seen, null]
    run()
  }
  return seen
}

describe('heap of what is due', (test) => {
  test('hands out the earliest first, and of one moment in the order they were put in', () => {
    const random = seededRandom(1, 'heap')
    const heap = heapOf<{ atMs: number; order: number }>()
    const put = Array.from({ length: 2000 }, (_, order) => ({ atMs: random.integer(50), order }))
    for (const one of put) heap.push(one)
    const taken = put.map(() => heap.pop())
    assert.equal(
      taken,
      [...put].sort((a, b) => a.atMs - b.atMs || a.order - b.order),
    )
    assert.is(heap.size, 0)
    assert.is(heap.pop(), undefined)
    assert.is(heap.peek(), undefined)
  })

  test('keeps its order when things are put in and taken out in turns', () => {
    const random = seededRandom(2, 'heap')
    const heap = heapOf<{ atMs: number; order: number }>()
    let nowMs = 0
    let taken = 0
    for (let order = 0; order < 5000; order++) {
      heap.push({ atMs: nowMs + random.integer(20), order })
      if (random.integer(3) === 0) continue
      const top = heap.pop()
      assert.ok(top !== undefined && top.atMs >= nowMs)
      nowMs = top.atMs
      taken++
    }
    assert.ok(taken > 3000)
    assert.is(heap.size, 5000 - taken)
  })
})

describe('virtual time', (test) => {
  test('moves to each event, and stands when there is none', () => {
    const seen = happenings(10, (time, seen) => {
      time.after(5, () => seen.push(['five', time.nowMs]))
      time.after(1, () => time.after(4, () => seen.push(['also five, later', time.nowMs])))
      time.after(5, () => seen.push(['five too', time.nowMs]))
      time.after(-3, () => seen.push(['at once', time.nowMs]))
    })
    assert.equal(seen, [['at once', 0], ['five', 5], ['five too', 5], ['also five, later', 5], null])
  })

  test('counts in whole microseconds, so that sums of delays do not drift', () => {
    const time = virtualTime()
    const tick = (): void => void time.after(0.1, tick)
    tick()
    for (let at = 0; at < 10_000; at++) time.next()?.()
    assert.is(time.nowMs, 1000)
    assert.is(time.happened, 10_000)
    assert.is(time.dueMs(), 1000.1)
  })

  test('forgets what was taken back, once and as often as it is', () => {
    const time = virtualTime()
    const kept = time.after(3, () => {})
    const gone = time.after(1, () => assert.unreachable())
    time.cancel(gone)
    time.cancel(gone)
    assert.is(time.dueMs(), 3)
    time.next()?.()
    time.cancel(kept)
    assert.is(time.next(), null)
    assert.is(time.nowMs, 3)
    assert.is(time.dueMs(), null)
  })

  test('has everything that is left happen in order after most was taken back', () => {
    const time = virtualTime()
    const seen: number[] = []
    const events = Array.from({ length: 20_000 }, (_, at) => time.after((at * 7919) % 1000, () => seen.push(at)))
    for (const [at, event] of events.entries()) if (at % 10 !== 0) time.cancel(event)
    for (let run = time.next(); run !== null; run = time.next()) run()
    const kept = events.flatMap((_, at) => (at % 10 === 0 ? [at] : []))
    assert.equal(
      seen,
      kept.sort((a, b) => ((a * 7919) % 1000) - ((b * 7919) % 1000) || a - b),
    )
    assert.is(time.happened, 2000)
  })
})
