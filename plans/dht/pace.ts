import type { Network } from './network.ts'
import { number } from './settings.ts'

/**
 * Runs a node's lookups one after the other. Time is cut into slots of nodes ÷ `lookup_rate` seconds; each lookup begins at a moment
 * drawn from a slot of its own, or when the one before is done, so that all nodes together begin about `lookup_rate` a second and no two
 * in step; at most `lookups_at_once` are under way in the whole network. Latencies then say something about lookups, and not about a
 * processor that has hundreds to do at once. A node that crashed asks again once it runs again, and nothing more where it does not.
 */
export async function pace(network: Network, lookups: readonly (() => Promise<unknown>)[]): Promise<void> {
  const { env, members, node } = network
  const random = env.random(`pace:${env.seq}`)
  const slotMs = (1000 * members.length) / number(env.params, 'lookup_rate')
  const startMs = env.clock.now()
  for (const [slot, lookup] of lookups.entries()) {
    const waitMs = startMs + (slot + random.float()) * slotMs - env.clock.now()
    if (waitMs > 0) await env.clock.sleep(waitMs, { signal: env.signal })
    if (!(await node.up(env.signal))) return
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
