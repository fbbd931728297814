import { setMaxListeners } from 'node:events'
import type { SyncStore } from './store.ts'

/** A store in this process. */
export function memoryStore(): SyncStore {
  const counters = new Map<string, number>()
  const lists = new Map<string, string[]>()
  const watchers = new Map<string, Set<(size: number) => void>>()
  const gone = new AbortController().signal
  setMaxListeners(0, gone)

  function changed(key: string, size: number): number {
    for (const listener of [...(watchers.get(key) ?? [])]) listener(size)
    return size
  }

  return {
    shared: false,
    gone,
    async signal(state) {
      const value = (counters.get(state) ?? 0) + 1
      counters.set(state, value)
      return changed(state, value)
    },
    async count(state) {
      return counters.get(state) ?? 0
    },
    async append(topic, text) {
      const list = lists.get(topic) ?? []
      lists.set(topic, list)
      return changed(topic, list.push(text))
    },
    async read(topic, from, limit) {
      return (lists.get(topic) ?? []).slice(from, from + limit)
    },
    watch(key, listener) {
      const listeners = watchers.get(key) ?? new Set()
      watchers.set(key, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && watchers.get(key) === listeners) watchers.delete(key)
      }
    },
    async close() {
      counters.clear()
      lists.clear()
      watchers.clear()
    },
  }
}
