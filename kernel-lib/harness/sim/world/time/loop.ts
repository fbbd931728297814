import type { Away } from '../outside/away.ts'
import { real } from './real.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What drives a simulation. */
export interface LoopParts {
  readonly time: VirtualTime
  readonly away: Away
  /** Called when everything that an event set off has happened. */
  readonly settled: () => void
  /** Whether something is out that nobody awaits in order. */
  readonly strangers: () => boolean
  /** Nothing is to happen any more. */
  readonly idle: () => void
}

/** Immediates that are asked for at once: between two of them everything that the first set off is done, down to the last promise. */
const batch = 64

/** Lets virtual time pass, event by event, until the process ends. */
export function runLoop({ time, away, settled, strangers, idle }: LoopParts): void {
  let left = 0

  function step(): void {
    left--
    turn()
    if (left === 0) arm()
  }

  function turn(): void {
    if (away.any) away.handOn()
    else {
      settled()
      if (!away.held && !strangers()) next()
    }
  }

  function next(): void {
    const run = time.next()
    if (run === null) idle()
    else run()
  }

  function arm(): void {
    left = batch
    for (let at = 0; at < batch; at++) real.setImmediate(step)
  }

  arm()
}
