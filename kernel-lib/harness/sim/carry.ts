import type { OpenOptions } from '../harness.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { Over, Running } from '../instances/running.ts'
import type { Keeper } from '../machine/keep.ts'
import { identitiesOf } from './identities/identities.ts'
import type { Identities } from './identities/shelf.ts'
import type { Listener } from './listener.ts'
import { standstillText } from './standstill.ts'
import { startSimulation } from './start.ts'

/** A simulation from what it waits for to its end. */
export interface Carried {
  /** Null until they are there, and where the network begins cold. */
  readonly identities: Identities | null
  /** Resolves when nothing of it is left and its listener has heard so. Never rejects. */
  readonly over: Promise<void>
  /** Ends it, and says why. */
  end(why: 'canceled' | 'timeout', waitingFor: string | null): void
  /** Ends what is left of it. */
  stop(): void
}

/** What is carried out, and who hears of it. */
interface Carrying extends Pick<OpenOptions, 'plan' | 'onMade'> {
  /** The plan's program, absolute. */
  readonly program: string
  readonly hear: Listener
  readonly keeper: Keeper
  /** How long nothing may be heard of its process, ms. */
  readonly limitMs: number
}

/** From the polite signal to the one that cannot be ignored. */
const graceMs = 3000

/** How a process ends that was never started. */
const unstarted: Over = { exit: null, lastWords: '' }

/** Begins a simulation: makes the identities of a network that begins warm, and then starts its process. Where they cannot be made, that is a fault of every instance. */
export function carryOut(facts: SessionFacts, carrying: Carrying): Carried {
  const { plan, program, hear, keeper, limitMs, onMade } = carrying
  const ending = new AbortController()
  let identities: Identities | null = null
  let running: Running | null = null

  function stop(): void {
    ending.abort()
    running?.end(graceMs)
  }

  function end(why: 'canceled' | 'timeout', waitingFor: string | null): void {
    hear.killed(why, waitingFor)
    stop()
  }

  async function carry(): Promise<Over> {
    identities = await identitiesOf({
      plan,
      facts,
      keeper,
      signal: ending.signal,
      onMade: (done, of) => onMade({ what: 'identities', done, of }),
    })
    if (ending.signal.aborted) return unstarted
    running = startSimulation(facts, {
      program,
      identities: identities?.file ?? null,
      hear,
      keeper,
      limitMs,
      onStandstill: () => end('timeout', standstillText(limitMs)),
    })
    return running.over
  }

  const over = carry()
    .catch((error: Error) => {
      if (!ending.signal.aborted) hear.lacked(error.message)
      return unstarted
    })
    .then(hear.over)

  return {
    get identities() {
      return identities
    },
    over,
    end,
    stop,
  }
}
