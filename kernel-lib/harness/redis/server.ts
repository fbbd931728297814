import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { noRedis } from './check.ts'
import type { RedisPlace } from './place.ts'

/** A redis-server of a run. */
export interface RedisServer {
  /** Path of the socket that it listens on, and on nothing else. */
  readonly socket: string
  readonly version: string
  end(): Promise<void>
}

const startMs = 10_000
const graceMs = 2000

/**
 * Starts a redis-server that keeps nothing on disk.
 *
 * @throws AbsentError where there is none, or it does not start.
 */
export async function startServer({ temp, started }: RedisPlace): Promise<RedisServer> {
  const socket = join(temp, 'redis.sock')
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', temp]
  const server = spawn('redis-server', options, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '' },
  })
  if (server.pid !== undefined) started(server.pid)
  const version = await ready(server).catch((error) => {
    server.kill('SIGKILL')
    throw error
  })
  return { socket, version, end: () => end(server) }
}

/** Resolves to its version once it takes connections. */
function ready(server: ChildProcess): Promise<string> {
  let said = ''
  const late = new AbortController()
  const up = new Promise<string>((resolve, reject) => {
    const hear = (bytes: unknown): void => {
      said = `${said}${bytes}`.slice(0, 100_000)
      if (/ready to accept connections at/i.test(said)) resolve(/Redis version=([\d.]+)/.exec(said)?.[1] ?? 'unknown')
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('error', (error) => reject(noRedis(error.message)))
    server.once('exit', () => reject(noRedis(`it ended: ${said.trim().split('\n').at(-1)}`)))
    sleep(startMs, undefined, { signal: late.signal }).then(
      () => reject(noRedis(`it was not ready after ${startMs / 1000} s`)),
      () => {},
    )
  })
  return up.finally(() => late.abort())
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const over = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  const late = setTimeout(() => server.kill('SIGKILL'), graceMs)
  await over
  clearTimeout(late)
}
