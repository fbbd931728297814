import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'
import { redisServerPath } from './needs.ts'

/** A Redis of its own, on a free port of the loopback address, that keeps nothing. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  readonly process: ChildProcess
  /** A connection as a program of its own would have it. */
  client(): Redis
  stop(): Promise<void>
}

/** Starts one, with further words of its command line; it answers when this resolves. */
export async function startRedis(words: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-redis-'))
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn(redisServerPath() ?? 'redis-server', [...settings, ...words], { stdio: 'ignore' })
  const over = new Promise((resolve) => child.once('close', resolve))
  const clients = new Set<Redis>()
  function client(): Redis {
    const redis = new Redis({
      host: '127.0.0.1',
      port,
      protocol: 2,
      retryStrategy: (times) => (times > 100 ? null : 20),
    })
    redis.on('error', () => {})
    clients.add(redis)
    return redis
  }
  await client().ping()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    process: child,
    client,
    async stop() {
      for (const one of clients) one.disconnect()
      child.kill('SIGKILL')
      await over
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
