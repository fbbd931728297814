import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Abilities } from './probe.ts'

/** A network namespace that lasts as long as the process in it, which does what the probe can do. */
export interface Namespace {
  readonly path: string
  readonly pid: number
  /** Runs a command in it and gives its output. */
  readonly run: (file: string, args: readonly string[], input?: string) => string
  readonly ask: <N extends keyof Abilities>(
    name: N,
    given?: Parameters<Abilities[N]>[0],
  ) => Promise<Awaited<ReturnType<Abilities[N]>>>
  readonly close: () => Promise<void>
}

const probe = join(import.meta.dirname, 'probe.ts')

/** A namespace of its own, with loopback up. */
export async function openNamespace(): Promise<Namespace> {
  const child = spawn('unshare', ['--net', process.execPath, '--import', 'tsx', probe], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { waiting, ask } = conversation(child)
  await waiting(0)
  const pid = child.pid ?? 0
  const run: Namespace['run'] = (file, args, input = '') => inNamespace(pid, [file, ...args], input)
  run('ip', ['link', 'set', 'lo', 'up'])
  return {
    path: `/proc/${pid}/ns/net`,
    pid,
    run,
    ask,
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

/** Runs a command in the namespace of a process. */
export function inNamespace(pid: number, [file = '', ...args]: readonly string[], input = ''): string {
  return execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, file, ...args], { encoding: 'utf8', input })
}

/** Two namespaces with the addresses 16.9.0.1 and 16.9.0.2 on one wire. */
export async function openPair(): Promise<readonly [Namespace, Namespace]> {
  const [a, b] = await Promise.all([openNamespace(), openNamespace()])
  a.run('ip', ['link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'eth1', 'netns', `${b.pid}`])
  for (const [at, namespace] of [a, b].entries()) {
    namespace.run('ip', ['address', 'add', `16.9.0.${at + 1}/24`, 'dev', 'eth1'])
    namespace.run('ip', ['link', 'set', 'eth1', 'up'])
  }
  return [a, b]
}

function conversation(child: ChildProcess) {
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let last = 0
  child.on('message', ({ id, value, error }: { id: number; value?: never; error?: string }) => {
    const asked = open.get(id)
    open.delete(id)
    if (error === undefined) asked?.resolve(value as never)
    else asked?.reject(new Error(error))
  })
  child.on('exit', () => {
    for (const { reject } of open.values()) reject(new Error('the probe ended'))
  })
  const waiting = (id: number): Promise<never> =>
    new Promise((resolve, reject) => {
      open.set(id, { resolve, reject })
    })
  const ask: Namespace['ask'] = (name, given) => {
    last += 1
    const answer = waiting(last)
    child.send({ id: last, name, given })
    return answer
  }
  return { waiting, ask }
}
