import { availableParallelism } from 'node:os'
import type { Finding, Harness } from '../harness.ts'
import { endLeftovers } from '../machine/leftovers.ts'
import { refuse } from './refuse.ts'
import { openSession } from './session.ts'
import { standstillMs } from './standstill.ts'

export interface SimOptions {
  /** How long nothing may be heard of a simulation before it is ended, ms of the machine's time. Default: five minutes. */
  readonly standstillMs?: number
}

/** Instances that run their real code in one process, over a simulated network and under virtual time: the same seed gives the same run to the byte. */
export function simHarness(options: SimOptions = {}): Harness {
  const limitMs = options.standstillMs ?? standstillMs
  return {
    name: 'sim',
    check: async () => [],
    examine: async () => [ready],
    refuse,
    prepare: async () => {},
    // Each is a process that keeps one core busy, and no other run tells on virtual time.
    runsAtOnce: availableParallelism,
    open: (spec, given) => openSession(spec, given, limitMs),
    sweep: endLeftovers,
    // Its keeper ends the process within seconds, and it is named in its run's folder.
    reap: async () => null,
  }
}

const ready: Finding = { what: 'simulator', found: 'needs nothing but Node', fix: null, blocks: false, mend: null }
