import { anyOf } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'

/** The same instance with a time limit: what waits on its signal after that is told `message`. */
export function limited(env: Env, { ms, message }: { readonly ms: number; readonly message: string }): Env {
  const limit = new AbortController()
  setTimeout(() => limit.abort(new Error(message)), ms).unref()
  return { ...env, signal: anyOf([env.signal, limit.signal]) }
}
