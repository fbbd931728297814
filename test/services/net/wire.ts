import { type Shaper, startShaper } from '../../../kernel-lib/network/shaper/process.ts'
import { queueRule } from '../../../kernel-lib/network/shaper/rule.ts'
import { compileShaper } from '../../../kernel-lib/network/shaper.ts'
import { type Namespace, openPair } from './namespace.ts'

/** Two namespaces on one wire, and a shaper that serves both. */
export interface Wire {
  readonly a: Namespace
  readonly b: Namespace
  readonly shaper: Shaper
}

export const queue = 0

/** Makes a wire, uses it, and leaves nothing of it. */
export async function onWire(use: (wire: Wire) => Promise<void>, seed = 1): Promise<void> {
  const shaper = await startShaper(await compileShaper(), { seed })
  const [a, b] = await openPair()
  try {
    for (const { path, run } of [a, b]) {
      run('iptables', queueRule('eth1', queue))
      await shaper.join({ path, queue })
    }
    await use({ a, b, shaper })
  } finally {
    await Promise.all([a.close(), b.close(), shaper.close()])
  }
}
