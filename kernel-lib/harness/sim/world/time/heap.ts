/** Something that is to happen at a moment of virtual time. */
export interface Due {
  /** ms since the simulation began. */
  readonly atMs: number
  /** Order among those of one moment. */
  readonly order: number
}

/** A binary heap of what is due, the earliest on top; of one moment, the first that was put in. */
export interface Heap<T extends Due> {
  readonly size: number
  push(item: T): void
  peek(): T | undefined
  pop(): T | undefined
}

/** An empty heap. */
export function heapOf<T extends Due>(): Heap<T> {
  const items: T[] = []

  function push(item: T): void {
    let at = items.length
    items.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent] as T
      if (!isBefore(item, above)) break
      items[at] = above
      at = parent
    }
    items[at] = item
  }

  function pop(): T | undefined {
    const top = items[0]
    const last = items.pop()
    if (items.length > 0 && last !== undefined) sink(last)
    return top
  }

  function sink(item: T): void {
    const { length } = items
    let at = 0
    for (let child = 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && isBefore(items[child + 1] as T, items[child] as T)) child++
      const below = items[child] as T
      if (!isBefore(below, item)) break
      items[at] = below
      at = child
    }
    items[at] = item
  }

  return {
    get size() {
      return items.length
    },
    push,
    peek: () => items[0],
    pop,
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}
