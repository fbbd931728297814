import { runKeys, type SyncClient, stream } from '@hoplab/sdk'
import { type BarrierRequest, barriers } from '../../../sync/barriers.ts'
import { follow } from '../../../sync/follow.ts'
import { ledger } from '../../../sync/ledger.ts'
import { memoryStore } from '../../../sync/memory.ts'
import type { Waiting } from '../../../sync/waiting.ts'
import type { Who } from '../../../sync/who.ts'

/** Where the instances of a simulation meet: the sync service without a wire. What is asked takes no virtual time. */
export interface Meeting {
  clientOf(who: Who): SyncClient
  /** An instance ended by itself and not in success. */
  fell(who: Who, how: string): void
  waiting(): readonly Waiting[]
}

/** What a meeting is opened for. */
export interface MeetingOptions {
  readonly run: { readonly id: string; readonly plan: string; readonly case: string }
  readonly instances: readonly Who[]
  readonly barrierTimeoutMs: number
  /** An instance published an event of the run. */
  readonly onEvent: (who: Who, event: unknown) => void
  /** A state was signalled, or something published on a topic. */
  readonly onChange: (who: Who, change: { readonly kind: 'signal' | 'publish'; readonly name: string }) => void
}

/** Opens the meeting of a run. */
export function openMeeting({ run, instances, barrierTimeoutMs, onEvent, onChange }: MeetingOptions): Meeting {
  const keys = runKeys(run.id, run.plan, run.case)
  const store = memoryStore()
  const signals = ledger(instances)
  const waits = barriers(store, signals, { instanceCount: instances.length, timeoutMs: barrierTimeoutMs })

  function subscribe(topic: string, signal: AbortSignal | undefined): AsyncIterableIterator<unknown> {
    const stop = new AbortController()
    const abort = (): void => {
      stop.abort()
      payloads.end(signal?.reason)
    }
    const payloads = stream<unknown>(() => {
      signal?.removeEventListener('abort', abort)
      stop.abort()
    })
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
    void follow(store, keys.topic(topic), {
      deliver: (text) => {
        payloads.push(JSON.parse(text))
        return undefined
      },
      signal: stop.signal,
    })
    return payloads
  }

  async function barrier(request: BarrierRequest, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw signal.reason
    const { done, cancel } = waits.wait(request)
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      await done
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  return {
    clientOf: (who) => ({
      signal(state) {
        onChange(who, { kind: 'signal', name: state })
        signals.note(keys.state(state), who)
        return store.signal(keys.state(state))
      },
      barrier: (state, target, { signal } = {}) => barrier({ key: keys.state(state), state, target, who }, signal),
      publish(topic, payload) {
        onChange(who, { kind: 'publish', name: topic })
        return store.append(keys.topic(topic), JSON.stringify(payload))
      },
      subscribe: (topic, { signal } = {}) => subscribe(topic, signal),
      async signalEvent(event) {
        onEvent(who, event)
        return store.append(keys.events, JSON.stringify(event))
      },
      close: async () => {},
    }),
    fell: (who, how) => waits.fell({ who, how }),
    waiting: waits.waiting,
  }
}
