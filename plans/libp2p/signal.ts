import { setMaxListeners } from 'node:events'

/** A signal that is aborted as soon as one of two is. js-libp2p listens to it with every request, which Node would take for a leak. */
export function eitherOf(a: AbortSignal, b: AbortSignal): AbortSignal {
  const either = AbortSignal.any([a, b])
  setMaxListeners(0, either)
  return either
}
