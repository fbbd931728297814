import { Redis, type RedisOptions } from 'ioredis'
import { AbsentError } from '../../errors.ts'
import type { RedisAddress } from './address.ts'

const openAttempts = 10
const betweenAttemptsMs = 200
const reopenAttempts = 10

/** The two connections of a store. */
export interface Connections {
  /** Every command of the store, in the order of the calls. It is never reopened: commands that were on their way may have taken effect or not, and a server that was restarted has forgotten the run. */
  readonly commands: Redis
  /** Hears what changes. Reopened a bounded number of times, because nothing but time is lost with it. */
  readonly changes: Redis
}

/** Connects, waiting some two seconds for a server that has just been started. Throws an AbsentError. */
export async function connect(address: RedisAddress): Promise<Connections> {
  const commands = await opened(address, { enableAutoPipelining: true })
  try {
    const retryStrategy = (times: number): number | null => (times > reopenAttempts ? null : 50 * times)
    return { commands, changes: await opened(address, { retryStrategy }) }
  } catch (error) {
    commands.disconnect()
    throw error
  }
}

async function opened(address: RedisAddress, options: Omit<RedisOptions, 'replyMapping'>): Promise<Redis> {
  for (let attempt = 1; ; attempt++) {
    let why = ''
    const redis = new Redis({
      protocol: 2,
      retryStrategy: () => null,
      maxRetriesPerRequest: null,
      autoResendUnfulfilledCommands: false,
      ...address.options,
      ...options,
      lazyConnect: true,
    })
    redis.on('error', (error: Error) => {
      why = error.message
    })
    try {
      await redis.connect()
      await redis.ping()
      return redis
    } catch (error) {
      redis.disconnect()
      why ||= (error as Error).message
      if (attempt === openAttempts || /^(NOAUTH|WRONGPASS|NOPERM)/.test(why))
        throw new AbsentError(
          `${address.text} does not answer (${why}); start a redis-server there, or write another address`,
        )
      await new Promise((resolve) => setTimeout(resolve, betweenAttemptsMs))
    }
  }
}
