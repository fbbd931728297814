import type { RedisOptions } from 'ioredis'
import { InputError } from '../../errors.ts'

/** Where a Redis is, without its password. */
export interface RedisAddress {
  /** As messages name it: `Redis at 127.0.0.1:6379`. */
  readonly text: string
  readonly options: Pick<RedisOptions, 'host' | 'port' | 'path' | 'db' | 'username' | 'password' | 'tls'>
}

const form = 'redis://[user:password@]host[:port][/database]'

/** Reads `redis://[user:password@]host[:port][/database]` (`rediss://` for TLS, `unix:///path` for a socket of this machine); port 6379 and database 0 where it names none. Throws an InputError. */
export function redisAddress(url: string): RedisAddress {
  const [, path] = /^unix:\/\/(\/.+)$/.exec(url) ?? []
  if (path !== undefined) return { text: `Redis at ${path}`, options: { path } }
  const parsed = URL.canParse(url) ? new URL(url) : null
  const database = parsed?.pathname.replace(/^\//, '') ?? ''
  if (parsed === null || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '' || !/^\d*$/.test(database))
    throw new InputError(`${shown(url)} is no address of a Redis; write ${form}`)
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  const port = parsed.port === '' ? 6379 : Number(parsed.port)
  return {
    text: `Redis at ${parsed.hostname}:${port}`,
    options: {
      host,
      port,
      db: Number(database),
      ...(parsed.username === '' ? {} : { username: decodeURIComponent(parsed.username) }),
      ...(parsed.password === '' ? {} : { password: decodeURIComponent(parsed.password) }),
      ...(parsed.protocol === 'rediss:' ? { tls: {} } : {}),
    },
  }
}

function shown(url: string): string {
  return JSON.stringify(url.replace(/:[^:@/]*@/, ':…@').slice(0, 200))
}
