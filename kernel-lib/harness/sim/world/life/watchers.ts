import type { Life, LifeChange } from '@hoplab/sdk'
import type { Host } from '../network/host.ts'

/** Who wants to hear of a host's crashes and restarts. */
export interface Watchers {
  lifeOf(host: Host): Life
  tell(host: Host, change: LifeChange): void
}

/** Nobody yet. */
export function noWatchers(): Watchers {
  const listeners = new Map<Host, Set<(change: LifeChange) => void>>()
  return {
    lifeOf: (host) => ({
      get up() {
        return host.up
      },
      watch(listener) {
        const all = listeners.get(host) ?? new Set()
        listeners.set(host, all.add(listener))
        return () => all.delete(listener)
      },
    }),
    tell(host, change) {
      for (const listener of [...(listeners.get(host) ?? [])]) listener(change)
    },
  }
}
