import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Bound } from './bounds.ts'
import { placeOf, runPath } from './places.ts'
import { inmateCommand, mountTable, type Pod } from './stage.ts'

/** An instance in a pod. */
export interface Started {
  /** Of a process in its namespaces. */
  readonly pid: number
  /** Resolves when the next of its two stages is done. Rejects where it ended before. */
  stage(): Promise<void>
  /** Lets it go on: to its second stage, then to its program. */
  proceed(): void
  signal(signal: NodeJS.Signals): void
  /** Resolves to its exit code, 128 and the signal's number where a signal ended it. */
  readonly ended: Promise<number>
}

/** Starts an instance's first process, in namespaces of its own, printing to files of its own: nobody who reads late can hold it up. */
export function startInmate(number: number, pod: Pod, bound: Bound | null): Started {
  const inmate = pod.spec.inmates[number]
  if (inmate === undefined) throw new Error(`there is no instance ${number} in this pod`)
  prepare(number, pod)
  const [command = '', ...args] = inmateCommand(number, pod, bound?.entry ?? '')
  const files = ['stdout', 'stderr'].map((name) => openSync(`${runPath}/${inmate.outputs}/${name}.log`, 'a'))
  const child = spawn(command, args, {
    cwd: '/',
    env: { ...process.env, ...inmate.environment, HOSTNAME: inmate.hostname },
    // A group of its own, by which all its processes are signalled.
    detached: true,
    stdio: ['pipe', files[0], files[1], 'pipe'],
  })
  for (const file of files) closeSync(file)
  const told = child.stdio[3] as Readable
  child.stdin?.on('error', () => {})
  told.on('error', () => {})
  const ended = endOf(child)
  return {
    pid: child.pid ?? 0,
    stage: async () => {
      const over = await Promise.race([once(told, 'data').then(() => null), ended])
      if (over !== null) throw new Error(`instance ${number} ended with ${over} before it was ready`)
    },
    proceed: () => void child.stdin?.write('\n'),
    signal: (signal) => signalAll(child, signal),
    ended,
  }
}

/** Makes what the mount table names. */
function prepare(number: number, { spec }: Pod): void {
  const place = placeOf(number)
  for (const name of ['tmp', 'temp']) {
    mkdirSync(`${place}/${name}`, { recursive: true })
    chmodSync(`${place}/${name}`, 0o1777)
  }
  const inmate = spec.inmates[number]
  if (inmate === undefined) return
  const names = inmate.links.slice(0, 1).map(({ address }) => `${address} ${inmate.hostname}`)
  writeFileSync(`${place}/hosts`, ['127.0.0.1 localhost', '::1 localhost', ...names, ''].join('\n'))
  writeFileSync(`${place}/mounts`, mountTable(inmate, number))
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)))
  })
}

function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has just ended.
  }
}
