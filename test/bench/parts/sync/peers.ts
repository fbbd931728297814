import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { redisServerPath } from '../../../services/needs.ts'
import { startRedis } from '../../../services/redis-server.ts'

/** A sync service that is measured. */
export interface Peer {
  readonly name: string
  readonly port: number
  /** What its processes have computed since they began, ms of one core. */
  cpuMs(): number
  stop(): Promise<void>
}

const server = join(import.meta.dirname, 'server.ts')

/** Ours with its store in memory. */
export async function memoryPeer(run: string, instances: number): Promise<Peer> {
  return ours('memory', [run, String(instances)])
}

/** Ours with its store in a Redis of its own, or null where there is no redis-server. */
export async function redisPeer(run: string, instances: number): Promise<Peer | null> {
  if (redisServerPath() === null) return null
  const redis = await startRedis()
  const peer = await ours('redis', [run, String(instances), redis.url])
  return {
    ...peer,
    cpuMs: () => peer.cpuMs() + cpuMs(redis.process),
    stop: () => peer.stop().then(redis.stop),
  }
}

/** Testground's own, from its program. */
export async function goPeer(program: string): Promise<Peer> {
  return listening('go', spawn(program, { stdio: ['pipe', 'pipe', 'ignore'] }))
}

/** Without the condition `hoplab-source`, so that it is compiled code that is measured. */
async function ours(name: string, words: readonly string[]): Promise<Peer> {
  const tsx = createRequire(import.meta.url).resolve('tsx')
  return listening(
    name,
    spawn(process.execPath, ['--import', tsx, server, ...words], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
}

async function listening(name: string, child: ChildProcess): Promise<Peer> {
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let out = ''
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      out += text
      if (out.includes('\n')) resolve(Number(out))
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`the sync service "${name}" ended before it listened`)))
  })
  return {
    name,
    port,
    cpuMs: () => cpuMs(child),
    async stop() {
      child.stdin?.end()
      await over
    },
  }
}

/** Of all threads of a process that live. */
function cpuMs({ pid }: ChildProcess): number {
  const tasks = `/proc/${pid}/task`
  const ns = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]))
  return ns.reduce((sum, one) => sum + one, 0) / 1e6
}
