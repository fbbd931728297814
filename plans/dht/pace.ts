import type { Network } from './network.ts'
import { number } from './settings.ts'

/**
 * Runs a node's lookups one after the other, each after a pause drawn from 0 to twice the mean, so that all nodes together begin about
 * `lookup_rate` a second and no two begin in step; at most `lookups_at_once` are under way in the whole network. Latencies then say
 * something about lookups, and not about a processor that has hundreds to do at once.
 */
export async function pace(network: Network, lookups: readonly (() => Promise<unknown>)[]): Promise<void> {
  const { env, members } = network
  const random = env.random(`pace:${env.seq}`)
  const meanMs = (1000 * members.length) / number(env.params, 'lookup_rate')
  for (const lookup of lookups) {
    await env.clock.sleep(random.float() * 2 * meanMs, { signal: env.signal })
    await amongFew(network, lookup)
  }
}

/** A semaphore that all nodes share: the n-th to begin waits until all but `lookups_at_once` − 1 of those before it are done. */
async function amongFew({ env }: Network, lookup: () => Promise<unknown>): Promise<void> {
  const most = number(env.params, 'lookups_at_once')
  const turn = await env.sync.signal('lookup-begins')
  if (most > 0 && turn > most) await env.sync.barrier('lookup-done', turn - most, { signal: env.signal })
  await lookup()
  await env.sync.signal('lookup-done')
}
