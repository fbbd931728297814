import type { Network } from './network.ts'
import { number } from './settings.ts'

/** Does something `search_rounds` times: each round begins `search_every_secs` after the one before began, or when that one is done. Rounds count from 0. */
export async function inRounds({ env }: Network, body: (round: number) => Promise<void>): Promise<void> {
  const rounds = number(env.params, 'search_rounds')
  const everyMs = number(env.params, 'search_every_secs') * 1000
  const startMs = env.clock.now()
  for (let round = 0; round < rounds; round++) {
    const waitMs = startMs + round * everyMs - env.clock.now()
    // A timer drops what is less than a millisecond, and would begin the round before its time.
    if (waitMs > 0) await env.clock.sleep(Math.ceil(waitMs), { signal: env.signal })
    await body(round)
  }
}
