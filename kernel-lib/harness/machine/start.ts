import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Over, Running } from '../instances/running.ts'
import { capture } from '../output/capture.ts'
import { splitLines } from '../output/lines.ts'
import { lastWords } from '../output/words.ts'
import type { CommandLine } from './own.ts'
import { signalGroup } from './process.ts'

/** What a process is started with. */
export interface Start {
  readonly program: CommandLine
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Folder of `stdout.log` and `stderr.log`. */
  readonly logs: string
  readonly onLine: (line: string) => void
  /** Lines that the process writes to file descriptor 3. Default: it has none. */
  readonly onTold?: (line: string) => void
}

/** Starts a process in a group of its own; every fault of it is told by `over`. */
export function startProcess({ program, cwd, env, logs, onLine, onTold }: Start): Running {
  const child = spawnWith(program, { cwd, env, told: onTold !== undefined })
  const words = lastWords()
  let firstLine = (): void => {}
  const spoke = new Promise<void>((resolve) => {
    firstLine = resolve
  })
  const printed = Promise.all([
    capture(child.stdout, `${logs}/stdout.log`, (line, cut) => {
      firstLine()
      if (!cut) onLine(line)
    }),
    capture(child.stderr, `${logs}/stderr.log`, (line) => words.add(line)),
    onTold === undefined ? undefined : linesOf(child.stdio[toldFile] as Readable, onTold),
  ])
  const exited = exitOf(child, words.add)
  let killer: NodeJS.Timeout | undefined

  async function over(): Promise<Over> {
    const exit = await exited
    clearTimeout(killer)
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
    await Promise.race([printed, closeLate(child)])
    await printed
    return { exit, lastWords: words.text() }
  }

  return {
    pid: child.pid,
    up: Promise.race([spoke, exited.then(() => {})]),
    over: over(),
    end(graceMs) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      signalGroup(child.pid, 'SIGTERM')
      killer ??= setTimeout(signalGroup, graceMs, child.pid, 'SIGKILL')
    },
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>

/** File descriptor of what a process tells its launcher beside its output. */
const toldFile = 3

function spawnWith(
  { command, args }: CommandLine,
  { cwd, env, told }: Pick<Start, 'cwd' | 'env'> & { readonly told: boolean },
): Child {
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe', ...(told ? (['pipe'] as const) : [])]
  return spawn(command, args, { cwd, env, detached: true, stdio }) as unknown as Child
}

async function linesOf(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = splitLines((line) => onLine(line))
  for await (const chunk of stream) lines.push(chunk as Buffer)
  lines.end()
}

function exitOf(child: Child, say: (line: string) => void): Promise<Over['exit']> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', (error) => {
      if (child.pid !== undefined) return
      say(error.message)
      resolve(null)
    })
  })
}

/** A process that left the group may hold our end of a pipe open for ever; two seconds after the exit it is closed. */
async function closeLate(child: Child): Promise<void> {
  await sleep(2000, undefined, { ref: false })
  child.stdout.destroy()
  child.stderr.destroy()
}
