import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Need } from '../suite.ts'

/** Leave to start an engine of one's own, in a network namespace of its own. */
export const ownEngine: Need = {
  name: 'root, dockerd, unshare and nsenter',
  found: () =>
    process.getuid?.() === 0 &&
    ['dockerd', 'unshare', 'nsenter'].every((command) =>
      (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command))),
    ),
}

/** An engine that a test may kill, with routes and addresses of its own. */
export interface OwnEngine {
  readonly socket: string
  /** What to put before a command so that it runs where the engine's networks are. */
  inside(): readonly string[]
  /** Kills it as a power cut does; its containers run on. */
  kill(): Promise<void>
  /** Starts it again on what it had. */
  start(): Promise<void>
  /** Ends it with all its containers and removes all that it had. */
  end(): Promise<void>
}

/** Starts an engine. It keeps its network namespace while it is dead, so that what it had made is there when it is back. */
export async function startOwnEngine(): Promise<OwnEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-engine-'))
  const socket = join(folder, 'sock')
  const holder = spawn('unshare', ['--net', 'sleep', '3600'], { stdio: 'ignore' })
  const inside = (): readonly string[] => ['nsenter', `--target=${holder.pid}`, '--net', '--']
  await until(() => existsSync(`/proc/${holder.pid}/ns/net`) && commandOf(holder.pid) === 'sleep')
  run([...inside(), 'ip', 'link', 'set', 'dev', 'lo', 'up'])

  async function start(): Promise<void> {
    const log = openSync(join(folder, 'log'), 'a')
    const words = ['dockerd', '--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')]
    const where = ['--pidfile', join(folder, 'pid'), '--host', `unix://${socket}`, '--bridge', 'none']
    const [command = '', ...args] = [...inside(), ...words, ...where]
    spawn(command, args, { stdio: ['ignore', log, log] })
    await until(() => answers(socket)).catch(() => {
      throw new Error(`dockerd did not start: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`)
    })
  }

  const pid = (): number => Number(readFileSync(join(folder, 'pid'), 'utf8'))

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const living = pid()
    process.kill(living, signal)
    await until(() => !existsSync(`/proc/${living}/exe`))
    // A process that nobody reaps is taken for one that lives.
    for (const name of ['pid', 'exec/containerd/containerd.pid']) rmSync(join(folder, name), { force: true })
  }

  await start()
  return {
    socket,
    inside,
    start,
    kill: () => stop('SIGKILL'),
    async end() {
      // It removes the file when it ends by itself.
      if (existsSync(join(folder, 'pid'))) await stop('SIGTERM')
      holder.kill('SIGKILL')
      for (const line of readFileSync('/proc/mounts', 'utf8').split('\n')) {
        const mounted = line.split(' ')[1] ?? ''
        if (mounted.startsWith(folder)) run(['umount', '-l', mounted])
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function commandOf(pid: number | undefined): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
}

function run([command = '', ...args]: readonly string[]): void {
  execFileSync(command, args)
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const one = connect(socket)
    one.once('connect', () => one.write('GET /_ping HTTP/1.0\r\n\r\n'))
    one.once('data', (bytes) => resolve(String(bytes).includes('200 OK')))
    one.once('error', () => resolve(false))
    one.once('close', () => resolve(false))
  })
}

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 300; waited += 1) {
    if (await is()) return
    await sleep(100)
  }
  throw new Error('waited for 30 s')
}
