type Listener = (size: number) => void

/** The keys that somebody watches. */
export interface Followed {
  keys(): Iterable<string>
  has(key: string): boolean
  /** The greatest size that listeners of a key were told of since the first of them came; -1 before, and where nobody watches. */
  size(key: string): number
  /** Tells listeners of a size, unless they know of as much. */
  tell(key: string, size: number): void
  /** Calls every listener with the size that it knows, because the store is gone. */
  wake(): void
  watch(key: string, listener: Listener): () => void
}

/** Nothing is watched yet. */
export function followed(): Followed {
  const keys = new Map<string, { readonly listeners: Set<Listener>; size: number }>()
  return {
    keys: () => keys.keys(),
    has: (key) => keys.has(key),
    size: (key) => keys.get(key)?.size ?? -1,
    tell(key, size) {
      const one = keys.get(key)
      if (one === undefined || size <= one.size) return
      one.size = size
      for (const listener of [...one.listeners]) listener(size)
    },
    wake() {
      for (const { listeners, size } of [...keys.values()])
        for (const listener of [...listeners]) listener(Math.max(0, size))
    },
    watch(key, listener) {
      const one = keys.get(key) ?? { listeners: new Set(), size: -1 }
      keys.set(key, one)
      one.listeners.add(listener)
      return () => {
        one.listeners.delete(listener)
        if (one.listeners.size === 0 && keys.get(key) === one) keys.delete(key)
      }
    },
  }
}
