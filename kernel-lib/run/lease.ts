import { existsSync } from 'node:fs'
import { cancelFile, leaseMs, touchLive } from './live.ts'

/** A run's hold on its folder. */
export interface Lease {
  /** Aborted by the caller's signal, or by somebody who asked the run to end. */
  readonly signal: AbortSignal
  end(): void
}

const lookEveryMs = 500

/** Keeps the lease of a live run and watches for a request to end it. */
export function watchLease(folder: string, given?: AbortSignal): Lease {
  const asked = new AbortController()
  const keep = setInterval(() => void touchLive(folder), leaseMs)
  const look = setInterval(() => {
    if (existsSync(cancelFile(folder))) asked.abort(new Error('the run was asked to end'))
  }, lookEveryMs)
  return {
    signal: given === undefined ? asked.signal : AbortSignal.any([given, asked.signal]),
    end() {
      clearInterval(keep)
      clearInterval(look)
    },
  }
}
