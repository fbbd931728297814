import { Uint8ArrayList } from 'uint8arraylist'
import * as assert from 'uvu/assert'
import { type Pipe, pipe, roomBytes } from '../../../../plans/libp2p/transport/pipe.ts'
import { type Clock, type LinkShape, linkQueue, seededRandom } from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'

const unshaped: LinkShape = { latencyMs: 0, jitterMs: 0, bandwidthBps: 0 }

/** A clock that stands still but for those who sleep: they wake at once, when their time has come. */
function sleepersClock(): Clock {
  let nowMs = 0
  return {
    now: () => nowMs,
    async sleep(ms, { signal } = {}) {
      const wakeMs = nowMs + ms
      await new Promise(setImmediate)
      signal?.throwIfAborted()
      nowMs = Math.max(nowMs, wakeMs)
    },
  }
}

/** A pipe and what came out of it, each with its time. */
function openPipe(part: Partial<LinkShape>, { passes = () => true }: { readonly passes?: () => boolean } = {}) {
  const link = { ...unshaped, ...part }
  const clock = sleepersClock()
  const out: [number, string][] = []
  let rooms = 0
  let opened = (): void => {}
  const opening = new Promise<void>((resolve) => {
    opened = resolve
  })
  const made: Pipe = pipe(
    {
      pass: (bytes) => {
        out.push([clock.now(), new TextDecoder().decode(bytes.subarray().slice(0, 8))])
        return passes()
      },
      passable: () => opening,
      hasRoom: () => {
        rooms++
      },
      failed: (error) => out.push([clock.now(), error.message]),
    },
    { link, clock, stream: linkQueue(link, seededRandom(1, 'link:1'), clock).stream() },
  )
  return { pipe: made, out, clock, rooms: () => rooms, open: opened }
}

const text = (value: string): Uint8ArrayList => new Uint8ArrayList(new TextEncoder().encode(value))
const zeros = (count: number): Uint8ArrayList => new Uint8ArrayList(new Uint8Array(count))
const ending = (pipe: Pipe): Promise<void> => new Promise((resolve) => pipe.end(resolve))
const settled = async (): Promise<void> => {
  for (let at = 0; at < 100; at++) await new Promise(setImmediate)
}

describe('pipe', (test) => {
  test('passes on what it took in order, not before its time, and ends after it', async () => {
    const { pipe, out, clock } = openPipe({ latencyMs: 50, jitterMs: 40 })
    for (const word of ['one', 'two', 'three']) assert.is(pipe.take(text(word)), word.length)
    await ending(pipe)
    assert.equal(
      out.map(([, word]) => word),
      ['one', 'two', 'three'],
    )
    assert.ok(out.every(([ms]) => ms >= 10) && clock.now() >= Math.max(...out.map(([ms]) => ms)))
  })

  test('takes no more than there is room for, and says when there is again', async () => {
    const { pipe, rooms } = openPipe({ bandwidthBps: 8_000_000 })
    const room = roomBytes({ ...unshaped, bandwidthBps: 8_000_000 })
    assert.is(room, 65_536)
    assert.is(pipe.take(zeros(room - 1)), room - 1)
    assert.is(pipe.full(), false)
    assert.is(pipe.take(zeros(100)), 1)
    assert.is(pipe.full(), true)
    assert.is(pipe.take(zeros(100)), 0)
    assert.is(rooms(), 0)
    await settled()
    assert.is(rooms(), 1)
    assert.is(pipe.full(), false)
  })

  test('what the other end does not read stays and takes up room', async () => {
    const { pipe, out, open } = openPipe({ latencyMs: 1 }, { passes: () => false })
    const room = roomBytes({ ...unshaped, latencyMs: 1 })
    assert.is(pipe.take(zeros(room * 2)), room)
    await settled()
    assert.is(out.length, 1)
    assert.ok(pipe.take(zeros(room)) <= 16_384)
    open()
    await settled()
    assert.ok(out.length > 100)
  })

  test('after a reset nothing more comes out, not even the end', async () => {
    const { pipe, out } = openPipe({ latencyMs: 50 })
    let ended = false
    pipe.take(text('lost'))
    pipe.end(() => {
      ended = true
    })
    pipe.drop()
    await settled()
    assert.equal(out, [])
    assert.is(ended, false)
  })

  test('holds what fills the link and 50 ms more, from 64 KiB to 4 MiB', () => {
    const room = (latencyMs: number, bandwidthBps: number): number =>
      roomBytes({ latencyMs, jitterMs: 0, bandwidthBps })
    assert.equal(
      [room(50, 0), room(50, 80_000_000), room(50, 1_000_000), room(1000, 1e9)],
      [4_194_304, 1_000_000, 65_536, 4_194_304],
    )
  })
})
