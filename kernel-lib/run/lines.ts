import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What was read, for comparing with the record. */
export interface Read {
  readonly bytes: number
  readonly sha256: string
}

/** Who is told what a file holds. */
export interface LineReader {
  /** A line's text without its end. `ended` is false for a last line that has no line end. */
  line(text: string, number: number, ended: boolean): void
  /** A line of more bytes than the limit, which was passed over. */
  tooLong(bytes: number, number: number): void
}

/** Limits of reading. */
export interface LineOptions {
  /** Longest line that is kept. Bytes. */
  readonly limitBytes: number
  readonly signal?: AbortSignal | undefined
}

const newline = 0x0a

/**
 * Reads a file line by line as a stream; memory stays below the limit and one chunk, however long a line is. Blank lines are passed over, but numbered.
 *
 * @returns Its size and sha256.
 * @throws What opening or reading the file throws; the signal's reason when aborted.
 */
export async function readLines(path: string, reader: LineReader, options: LineOptions): Promise<Read> {
  const hash = createHash('sha256')
  const split = splitter(reader, options.limitBytes)
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    options.signal?.throwIfAborted()
    bytes += chunk.length
    hash.update(chunk)
    split.push(chunk)
  }
  split.end()
  return { bytes, sha256: hash.digest('hex') }
}

/** Cuts chunks into lines; `held` is the start of a line whose end has not come. */
function splitter(reader: LineReader, limitBytes: number): { push(chunk: Buffer): void; end(): void } {
  let held: Buffer[] = []
  let heldBytes = 0
  let number = 1
  const hold = (piece: Buffer): void => {
    if (heldBytes + piece.length <= limitBytes) held.push(piece)
    else held = []
    heldBytes += piece.length
  }
  const finish = (ended: boolean): void => {
    if (heldBytes > limitBytes) reader.tooLong(heldBytes, number)
    else if (heldBytes > 0) {
      const text = (held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)).toString('utf8')
      if (text.trim() !== '') reader.line(text, number, ended)
    }
    held = []
    heldBytes = 0
    number++
  }
  return {
    push(chunk) {
      let from = 0
      for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
        hold(chunk.subarray(from, to))
        finish(true)
        from = to + 1
      }
      if (from < chunk.length) hold(chunk.subarray(from))
    },
    end: () => finish(false),
  }
}
