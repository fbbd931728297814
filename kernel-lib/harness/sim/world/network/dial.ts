import type { ByteStream } from '@hoplab/sdk'
import type { Event } from '../time/virtual-time.ts'
import type { End } from './end.ts'
import { networkError } from './errors.ts'
import type { Host } from './host.ts'
import type { NetworkParts } from './parts.ts'
import { synGiveUpMs, synRetriesMs } from './retry.ts'

interface DialParts extends NetworkParts {
  connect(from: Host, to: Host, port: number): readonly [End, End]
}

type Target = { readonly host: string; readonly port: number }

/** Dials as TCP does: a SYN that nobody answers is sent again after 1, 3, 7, … s, a port where nobody listens refuses it. */
export function dialer(parts: DialParts): (from: Host, to: Target, signal: AbortSignal) => Promise<ByteStream> {
  const { time, log } = parts
  return (from, to, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      log.dialed(from, to)
      const events: Event[] = []
      let over = false
      const settle = (act: () => void): void => {
        if (over) return
        over = true
        signal.removeEventListener('abort', abort)
        for (const event of events) time.cancel(event)
        act()
      }
      const abort = (): void => settle(() => reject(signal.reason))
      const fail = (code: string): void =>
        settle(() => {
          log.refused(from, to, code)
          reject(networkError(code, to))
        })
      signal.addEventListener('abort', abort, { once: true })
      const sendSyn = (): void =>
        syn(parts, { from, to, isOver: () => over, fail, met: (stream) => settle(() => resolve(stream)) })
      sendSyn()
      for (const atMs of synRetriesMs) events.push(time.after(atMs, sendSyn))
      events.push(time.after(synGiveUpMs, () => fail('ETIMEDOUT')))
    })
}

interface Attempt {
  readonly from: Host
  readonly to: Target
  readonly isOver: () => boolean
  readonly fail: (code: string) => void
  readonly met: (stream: ByteStream) => void
}

/** An attempt whose SYN arrived. */
interface Answered extends Attempt {
  readonly target: Host
}

/** One SYN that arrives, if it does. */
function syn(parts: DialParts, attempt: Attempt): void {
  const { time, paths } = parts
  const { from, to, isOver } = attempt
  const target = parts.hostAt(to.host)
  if (target === undefined || paths.isCut(from, target) || paths.lossMs(from, target, 1) > 0) return
  time.after(paths.latencyMs(from, target), () => {
    if (isOver() || paths.isCut(from, target) || !paths.admits(from, target)) return
    parts.ready(target, () => answer(parts, { ...attempt, target }))
  })
}

/** What comes back of a SYN: nothing, a refusal, or that somebody listens. */
function answer(parts: DialParts, attempt: Answered): void {
  const { from, to, target, isOver, fail } = attempt
  const { time, paths } = parts
  if (isOver() || paths.isCut(target, from) || paths.lossMs(target, from, 1) > 0) return
  const backMs = paths.latencyMs(target, from)
  if (!target.listeners.has(to.port)) {
    time.after(backMs, () => fail('ECONNREFUSED'))
    return
  }
  time.after(backMs, () => {
    // One that left meanwhile is made anew.
    if (!isOver() && !paths.isCut(target, from)) parts.ready(target, () => acknowledge(parts, attempt))
  })
}

/** The dialer has heard of the answer: it is connected, and the listener hears of it when the acknowledgement arrives; one that is gone by then resets it. */
function acknowledge(parts: DialParts, { from, to, target, isOver, fail, met }: Answered): void {
  const { time, paths } = parts
  if (isOver() || paths.isCut(target, from)) return
  const accept = target.listeners.get(to.port)
  if (accept === undefined) {
    fail('ECONNREFUSED')
    return
  }
  const [near, far] = parts.connect(from, target, to.port)
  time.after(paths.latencyMs(from, target), () => {
    if (target.listeners.get(to.port) === accept) accept(far.stream)
    else far.stream.reset()
  })
  met(near.stream)
}
