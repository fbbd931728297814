import { setMaxListeners } from 'node:events'

/** A signal that is aborted as soon as one of several is. js-libp2p listens to it with every request, which Node would take for a leak. */
export function anyOf(signals: readonly AbortSignal[]): AbortSignal {
  const any = AbortSignal.any([...signals])
  setMaxListeners(0, any)
  return any
}
