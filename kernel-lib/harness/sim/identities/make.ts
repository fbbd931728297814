import { join } from 'node:path'
import { AbsentError } from '../../../errors.ts'
import { entrust, type Keeper } from '../../machine/keep.ts'
import { programCommand } from '../../machine/program.ts'
import { startProcess } from '../../machine/start.ts'

/** What a plan's identities program is run for, and where. */
export interface Making {
  /** The program, absolute. */
  readonly program: string
  readonly seed: number
  /** Nodes. */
  readonly size: number
  readonly keeper: Keeper
  /** Folder of the run, absolute. */
  readonly folder: string
  /** Scratch folder of the session, absolute. */
  readonly temp: string
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Told how many nodes have an identity. */
  readonly onMade: (made: number) => void
}

/** From the polite signal to the one that cannot be ignored. */
const graceMs = 1000

/**
 * Runs a plan's identities program: `<program> <seed> <size> <file>`. It writes the file, and a line `{"derived":40000}` on standard output now and then.
 *
 * @throws AbsentError where it ends otherwise than with exit code 0, with its last words; the signal's reason where that ends it.
 */
export async function makeIdentities(file: string, making: Making): Promise<void> {
  const { program, seed, size, keeper, folder, temp, env, signal, onMade } = making
  const { command, args } = programCommand(program)
  signal.throwIfAborted()
  const running = startProcess({
    program: { command, args: [...args, String(seed), String(size), file] },
    cwd: temp,
    env,
    logs: join(temp, 'identities'),
    onLine(line) {
      const made = madeIn(line)
      if (made !== null) onMade(made)
    },
  })
  if (running.pid !== undefined) entrust(keeper, running.pid, folder)
  const stop = (): void => running.end(graceMs)
  signal.addEventListener('abort', stop, { once: true })
  const { exit, lastWords } = await running.over
  signal.removeEventListener('abort', stop)
  if (running.pid !== undefined) keeper.ended(running.pid)
  signal.throwIfAborted()
  if (exit?.code === 0) return
  const how = exit === null ? 'could not be started' : `ended by ${exit.signal ?? `exit code ${exit.code}`}`
  throw new AbsentError(`identities of ${size} nodes: ${program} ${how}${lastWords === '' ? '' : `: ${lastWords}`}`)
}

function madeIn(line: string): number | null {
  try {
    const { derived } = Object(JSON.parse(line))
    return typeof derived === 'number' ? derived : null
  } catch {
    return null
  }
}
