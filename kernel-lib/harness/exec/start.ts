import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Over, Running } from '../instances/running.ts'
import type { CommandLine } from '../machine/own.ts'
import { signalGroup } from '../machine/process.ts'
import { capture } from '../output/capture.ts'
import { lastWords } from '../output/words.ts'

/** What a process is started with. */
export interface Start {
  readonly program: CommandLine
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Folder of `stdout.log` and `stderr.log`. */
  readonly logs: string
  readonly onLine: (line: string) => void
}

/** Starts a process in a group of its own; every fault of it is told by `over`. */
export function startProcess({ program, cwd, env, logs, onLine }: Start): Running {
  const child = spawn(program.command, program.args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
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
