import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { AbsentError, InputError } from '../../errors.ts'
import { type RedisAddress, redisAddress } from '../../sync/redis/address.ts'

/**
 * The Redis that `HOPLAB_REDIS` names; null where one is to be started.
 *
 * @throws InputError where it is one that old SDKs cannot use.
 */
export function givenRedis(): { readonly url: string; readonly address: RedisAddress } | null {
  const url = process.env.HOPLAB_REDIS ?? ''
  if (url === '') return null
  const address = redisAddress(url)
  const { password, tls, db = 0 } = address.options
  if (password === undefined && tls === undefined && db === 0) return { url, address }
  throw new InputError(
    `HOPLAB_REDIS: ${address.text} wants a password, TLS or a database, which sdk-go before 0.3 does not give; write redis://HOST:PORT`,
  )
}

/**
 * Looks whether a run can have a Redis.
 *
 * @throws AbsentError where there is none, InputError as `givenRedis` does.
 */
export async function checkRedis(): Promise<void> {
  if (givenRedis() !== null) return
  await promisify(execFile)('redis-server', ['--version']).catch((error) => {
    throw noRedis(error.message)
  })
}

/** What is said where a run has no Redis. */
export function noRedis(why: string): AbsentError {
  return new AbsentError(
    `programs on sdk-go before 0.3 need a Redis, and redis-server does not start (${why.trim()}); apt-get install redis-server, or set HOPLAB_REDIS=redis://HOST:PORT to one that runs`,
  )
}
