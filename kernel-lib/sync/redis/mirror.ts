/** What a mirror reads from the server: entries after an id (`0`: from the first on), in order, at most `count`. */
export type ReadAfter = (id: string, count: number) => Promise<readonly (readonly [id: string, text: string])[]>

/** A copy of one stream, from its first entry to the last that was read: however many subscribers a topic has, each of its entries crosses the connection once. */
export interface Mirror {
  readonly texts: readonly string[]
  /** Reads what the server has; what it has by the time of the call is there when the promise resolves. */
  catchUp(): Promise<void>
  /** Takes an entry if it is the next one; `position` is 1-based. */
  take(entry: { readonly position: number; readonly id: string; readonly text: string }): void
}

const pageLength = 1000

/** An empty mirror. */
export function mirror(readAfter: ReadAfter): Mirror {
  const texts: string[] = []
  let lastId = '0'
  let running: Promise<void> | null = null
  let queued: Promise<void> | null = null

  function take({ position, id, text }: { position: number; id: string; text: string }): void {
    if (position !== texts.length + 1) return
    texts.push(text)
    lastId = id
  }

  async function read(): Promise<void> {
    for (let more = true; more; ) {
      const base = texts.length
      const page = await readAfter(lastId, pageLength)
      for (const [at, [id, text]] of page.entries()) take({ position: base + at + 1, id, text })
      more = page.length === pageLength
    }
  }

  function begin(): Promise<void> {
    queued = null
    const begun = read().finally(() => {
      if (running === begun) running = null
    })
    running = begun
    return begun
  }

  return {
    texts,
    take,
    catchUp() {
      if (running === null) return begin()
      // The one under way may have been answered before the entry that the caller knows of.
      queued ??= running.then(begin, begin)
      return queued
    },
  }
}
