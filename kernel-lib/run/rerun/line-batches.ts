import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** The lines of a gzip file, as many at once as a piece of it holds. Nothing is kept of those that were taken. */
export async function* lineBatches(file: string): AsyncGenerator<readonly string[]> {
  const packed = createReadStream(file)
  const text = createGunzip()
  packed.on('error', (error) => text.destroy(error))
  packed.pipe(text).setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield lines
    }
    if (rest !== '') yield [rest]
  } finally {
    packed.destroy()
  }
}

/** Takes lines one by one from batches. */
export interface LineReader {
  /** Null at the end. */
  next(): string | null | Promise<string | null>
  close(): Promise<void>
}

/** Reads the lines of a gzip file one by one; a promise is made only where the next piece has to be read. */
export function lineReader(file: string): LineReader {
  const batches = lineBatches(file)
  let batch: readonly string[] = []
  let at = 0

  async function refill(): Promise<string | null> {
    const { value, done } = await batches.next()
    if (done) return null
    batch = value
    at = 1
    return batch[0] ?? null
  }

  return {
    next: () => (at < batch.length ? (batch[at++] ?? null) : refill()),
    async close() {
      await batches.return(undefined)
    },
  }
}
