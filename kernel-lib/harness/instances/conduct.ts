import type { SyncService } from '../../sync/start.ts'
import { claims } from './claims.ts'
import { endUnit, find, hearPublished, type Unit } from './unit.ts'

/** The instances of a session from outside: heard through the sync service, and ended when the session is. */
export interface Conduct {
  /** Aborted when the session is being ended: nothing more is to be started. */
  readonly ending: AbortSignal
  /** Ends whatever runs as canceled. */
  end(): void
  /** Resolves when every instance has ended. */
  ended(): Promise<void>
}

/** Hears what instances publish, and ends them when `signal` is aborted. */
export function conduct(units: readonly Unit[], sync: SyncService, signal: AbortSignal): Conduct {
  const witnesses = units.flatMap((unit) => unit.witnesses)
  const unnamed = claims(witnesses, (one, event) => hearPublished(one, sync, event))
  sync.onEvent((who, event) => {
    const one = who === null ? undefined : find(witnesses, who.group, who.index)
    if (one !== undefined) hearPublished(one, sync, event)
    if (who === null) unnamed.published(event)
  })
  const ending = new AbortController()
  const end = (): void => {
    if (ending.signal.aborted) return
    ending.abort()
    for (const unit of units) if (unit.running !== null) endUnit(unit, sync, 'canceled')
  }
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  return {
    ending: ending.signal,
    end,
    async ended() {
      await Promise.all(witnesses.map(({ instance }) => instance.ended))
      signal.removeEventListener('abort', end)
      unnamed.close()
    },
  }
}
