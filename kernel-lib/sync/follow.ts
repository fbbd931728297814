import type { SyncStore } from './store.ts'

const pageLength = 256

/** Hands every entry of a topic to `deliver`, from the first, in order, each once, and waits for it where it returns a promise; returns when aborted, and rejects once the store is gone. */
export async function follow(
  store: SyncStore,
  topic: string,
  { deliver, signal }: { deliver: (text: string) => Promise<void> | undefined; signal: AbortSignal },
): Promise<void> {
  let changed = true
  let wake = (): void => {}
  const change = (): void => {
    if (changed) return
    changed = true
    // What else is published in this turn of the event loop is read with it.
    setImmediate(wake)
  }
  const unwatch = store.watch(topic, change)
  signal.addEventListener('abort', change, { once: true })
  try {
    let next = 0
    while (!signal.aborted) {
      if (!changed)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      store.gone.throwIfAborted()
      changed = false
      const page = await store.read(topic, next, pageLength)
      for (const text of page) {
        if (signal.aborted) return
        const behind = deliver(text)
        if (behind !== undefined) await behind
      }
      next += page.length
      changed ||= page.length === pageLength
    }
  } finally {
    unwatch()
    signal.removeEventListener('abort', change)
  }
}
