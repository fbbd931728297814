import { join } from 'node:path'
import type { SessionFacts } from '../instances/environment.ts'
import type { Running } from '../instances/running.ts'
import { entrust, type Keeper } from '../machine/keep.ts'
import { startProcess } from '../machine/start.ts'
import { commandOf } from './command.ts'
import { environmentOf } from './environment.ts'
import type { Listener } from './listener.ts'
import { standstill } from './standstill.ts'

/** What a simulation's process is started for. */
export interface SimulationStart {
  /** The plan's program, absolute. */
  readonly program: string
  /** File of the identities of a network that begins warm, absolute; null where it begins cold. */
  readonly identities: string | null
  readonly hear: Pick<Listener, 'line' | 'told'>
  readonly keeper: Keeper
  /** How long nothing may be heard of it, ms; virtual time cannot end a loop that lets none pass. */
  readonly limitMs: number
  /** Called once when nothing was heard for so long. */
  readonly onStandstill: () => void
}

/** Starts the one process that holds every instance of a session. */
export function startSimulation(facts: SessionFacts, start: SimulationStart): Running {
  const { program, identities, hear, keeper, limitMs, onStandstill } = start
  const still = standstill(limitMs, onStandstill)
  const running = startProcess({
    program: commandOf(program),
    cwd: facts.temp,
    env: environmentOf(facts, identities),
    logs: join(facts.folder, 'processes', '0'),
    onLine(text) {
      still.heard()
      hear.line(text)
    },
    onTold(text) {
      still.heard()
      hear.told(text)
    },
  })
  if (running.pid !== undefined) entrust(keeper, running.pid, facts.folder)
  void running.over.then(still.end)
  return running
}
