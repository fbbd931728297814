import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Shape } from '../shape.ts'
import {
  clearCommand,
  joinCommand,
  leaveCommand,
  type QueuedNamespace,
  readAnswer,
  readStats,
  type ShaperStats,
  shapeCommand,
} from './protocol.ts'

/** A shaper that runs. Each call settles when the shaper has answered, and rejects with what it says, or when it has ended. */
export interface Shaper {
  /** How the kernel schedules it: `fifo`, `nice` or `normal`, the best that it was allowed. */
  readonly scheduling: string
  readonly join: (namespace: QueuedNamespace) => Promise<void>
  readonly leave: (namespace: QueuedNamespace) => Promise<void>
  readonly shape: (source: string, shape: Shape) => Promise<void>
  readonly clear: (source: string) => Promise<void>
  readonly stats: () => Promise<ShaperStats>
  /** Resolves when it has ended, asked to or not, with how and what it printed as errors. From then on queued namespaces receive nothing. */
  readonly ended: Promise<string>
  /** Ends it. */
  readonly close: () => Promise<void>
}

export interface ShaperOptions {
  /** Seed of what it draws; a whole number from 0. */
  readonly seed: number
}

type Values = Readonly<Record<string, string>>

/**
 * Starts the compiled shaper and waits until it takes commands. It needs CAP_NET_ADMIN, and CAP_SYS_ADMIN to enter namespaces.
 *
 * @param file Path of the program, from `compileShaper`.
 */
export async function startShaper(file: string, { seed }: ShaperOptions): Promise<Shaper> {
  const child = spawn(file, [`${seed}`], { stdio: ['pipe', 'pipe', 'pipe'] })
  const { answered, ask, ended } = converse(child)
  const told = async (command: string): Promise<void> => {
    await ask(command)
  }
  const { scheduling = 'normal' } = await answered(0)
  return {
    scheduling,
    join: (namespace) => told(joinCommand(namespace)),
    leave: (namespace) => told(leaveCommand(namespace)),
    shape: (source, shape) => told(shapeCommand(source, shape)),
    clear: (source) => told(clearCommand(source)),
    stats: async () => readStats(await ask('stats')),
    ended,
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}

/** Numbers what is asked, and finds for each answer who waits for it. */
function converse(child: ChildProcessWithoutNullStreams) {
  const waiting = new Map<number, { resolve: (values: Values) => void; reject: (error: Error) => void }>()
  let last = 0
  let over: Error | null = null
  const ended = whenEnded(child, (why) => {
    over = new Error(`the shaper ended (${why})`)
    for (const { reject } of waiting.values()) reject(over)
    waiting.clear()
  })
  const answered = (id: number): Promise<Values> =>
    new Promise((resolve, reject) => {
      if (over === null) waiting.set(id, { resolve, reject })
      else reject(over)
    })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = readAnswer(line)
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(`shaper: ${answer.error}`))
    else asked?.resolve(answer.values)
  })
  const ask = (command: string): Promise<Values> => {
    last += 1
    const answer = answered(last)
    child.stdin.write(`${last} ${command}\n`)
    return answer
  }
  return { answered, ask, ended }
}

/** Resolves at the end, of which it tells first, with how it came and what was printed as errors. */
function whenEnded(child: ChildProcessWithoutNullStreams, tell: (why: string) => void): Promise<string> {
  let errors = ''
  child.stderr.on('data', (text) => {
    errors += text
  })
  // A write to one that has ended: its end says so.
  child.stdin.on('error', () => {})
  return new Promise((resolve) => {
    const end = (how: string): void => {
      const why = [how, errors.trim()].filter(Boolean).join(': ')
      tell(why)
      resolve(why)
    }
    child.on('error', (error) => end(error.message))
    child.on('close', (code, signal) => end(signal ?? `exit code ${code}`))
  })
}
