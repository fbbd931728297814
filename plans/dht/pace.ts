import type { Network } from './network.ts'
import { number } from './settings.ts'

/**
 * Runs tasks one after the other, each after a pause drawn from 0 to twice the mean, so that all nodes together begin about
 * `lookup_rate` lookups a second and no two begin in step. Latencies then say something about lookups and not about a processor that has 100 at once.
 */
export async function pace({ env, members }: Network, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const random = env.random(`pace:${env.seq}`)
  const meanMs = (1000 * members.length) / number(env.params, 'lookup_rate')
  for (const task of tasks) {
    await env.clock.sleep(random.float() * 2 * meanMs, { signal: env.signal })
    await task()
  }
}
