import type { Life, LifeChange } from '@hoplab/sdk'
import type { Event } from '../time/virtual-time.ts'
import type { ResidentHost } from './residents.ts'

/** A node of the population from the SYN that it is made for until it leaves or crashes. */
export interface Stay {
  readonly host: ResidentHost
  /** What its program hears of. */
  readonly life: Life
  /** Whether it neither left nor crashed. */
  readonly up: boolean
  /** Its next crash, where one is to come. */
  crash: Event | null
  /** Calls when it listens, or is over. */
  wait(then: () => void): void
  /** It listens. */
  made(): void
  end(): void
  tell(change: LifeChange): void
}

/** A node that does not listen yet. */
export function stayAt(host: ResidentHost): Stay {
  const listeners = new Set<(change: LifeChange) => void>()
  let waiting: (() => void)[] | null = []
  let over = false

  function letIn(): void {
    const all = waiting ?? []
    waiting = null
    for (const then of all) then()
  }

  const stay: Stay = {
    host,
    get up() {
      return !over && host.up
    },
    life: {
      get up() {
        return stay.up
      },
      watch(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    crash: null,
    wait(then) {
      if (waiting === null) then()
      else waiting.push(then)
    },
    made: letIn,
    end() {
      over = true
      letIn()
    },
    tell(change) {
      for (const listener of [...listeners]) listener(change)
    },
  }
  return stay
}
