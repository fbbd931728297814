import { seededRandom } from '@hoplab/sdk'
import type { Member } from '../../../instances/members.ts'
import { drawMs } from '../chance/draw.ts'

/** When one node of the population runs: a function of the seed, its position and the time, read forwards. */
export interface Lifeline {
  /** Goes on to a moment no earlier than the last, ms, and returns itself. */
  readTo(nowMs: number): Lifeline
  /** Whether it runs then. */
  readonly up: boolean
  /** When it came up last by then, ms; 0 where it has not yet. */
  readonly upSinceMs: number
  /** Whether it has ever run by then. */
  readonly begun: boolean
  /** When it crashes or comes back next, ms; infinite for never. */
  readonly changeMs: number
}

interface LifelineOptions {
  readonly seed: number
  /** When its sessions and crashes begin to count, ms; infinite where that is not known yet. */
  readonly sinceMs: number
  /** Nothing is asked of later, ms. */
  readonly untilMs: number
}

/** Times of a simulation are whole microseconds, and no change comes at the moment of another. ms */
const leastMs = 0.001

/** The life of a node from the run's beginning. Sessions, times down and waves are drawn from streams of its own. A wave takes it with the probability that is the wave's share. */
export function lifelineOf({ seq, group }: Member, { seed, sinceMs, untilMs }: LifelineOptions): Lifeline {
  const { join, session, down, crashes } = group.life
  const joinMs = whole(drawMs(join, seededRandom(seed, `join:${seq}`)))
  const lives = seededRandom(seed, `life:${seq}`)
  const waves = seededRandom(seed, `crashes:${seq}`)

  /** The first wave that takes it after a moment. */
  function waveMs(afterMs: number, beforeMs: number): number {
    if (crashes === null || crashes.share === 0) return Number.POSITIVE_INFINITY
    const last = Math.min(beforeMs, untilMs)
    const next = Math.floor(Math.max(0, afterMs - sinceMs) / crashes.everyMs) + 1
    for (let atMs = sinceMs + next * crashes.everyMs; atMs < last; atMs += crashes.everyMs)
      if (waves.float() < crashes.share) return atMs
    return Number.POSITIVE_INFINITY
  }

  function fallMs(upMs: number): number {
    if (sinceMs > untilMs) return Number.POSITIVE_INFINITY
    const endMs = session === null ? Number.POSITIVE_INFINITY : Math.max(upMs, sinceMs) + drawMs(session, lives)
    return Math.min(endMs, waveMs(upMs, endMs))
  }

  const riseMs = (downMs: number): number => (down === null ? Number.POSITIVE_INFINITY : downMs + drawMs(down, lives))

  let up = false
  let begun = false
  let upSinceMs = 0
  let changeMs = joinMs

  const line: Lifeline = {
    readTo(nowMs) {
      while (changeMs <= nowMs) {
        up = !up
        begun = true
        if (up) upSinceMs = changeMs
        changeMs = Math.max(changeMs + leastMs, whole(up ? fallMs(changeMs) : riseMs(changeMs)))
      }
      return line
    },
    get up() {
      return up
    },
    get upSinceMs() {
      return upSinceMs
    },
    get begun() {
      return begun
    },
    get changeMs() {
      return changeMs
    },
  }
  return line
}

const whole = (ms: number): number => Math.round(ms * 1000) / 1000
