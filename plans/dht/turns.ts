import type { Env } from '@hoplab/sdk'

/**
 * Runs `body` when this node's turn comes: at most `width` nodes are at it at once, in the order of their positions, the
 * first alone. So nodes meet a network that has room for them, and two that do not know each other yet seldom dial each other at the same moment.
 */
export async function inTurn(
  env: Env,
  { state, position, width }: { readonly state: string; readonly position: number; readonly width: number },
  body: () => Promise<void>,
): Promise<void> {
  const before = position === 0 ? 0 : Math.max(1, position - width + 1)
  if (before > 0) await env.sync.barrier(state, before, { signal: env.signal })
  await body()
  await env.sync.signal(state)
}

/** Waits until every instance of the run is here. */
export async function meet(env: Env, state: string): Promise<void> {
  await env.sync.signal(state)
  await env.sync.barrier(state, env.instanceCount, { signal: env.signal })
}
