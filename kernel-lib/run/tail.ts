import { type FileHandle, open } from 'node:fs/promises'

/** A line of a file, and its number from 1. */
export interface NumberedLine {
  readonly text: string
  readonly number: number
}

/** A file that may still grow, read from where the last reading ended. */
export interface Tail {
  /** Lines that are whole and were not read before, a chunk's at a time. A file that is not there yet has none. */
  lines(): AsyncGenerator<readonly NumberedLine[]>
  /** Those, and the last line though it has no end: whoever wrote it has ended. */
  rest(): AsyncGenerator<readonly NumberedLine[]>
}

/** Longest line that is kept; a longer one is passed over, and numbered. */
const limitBytes = 4 << 20
const chunkBytes = 1 << 18

/** Reads a file again and again, each line once. */
export function tail(path: string): Tail {
  let offset = 0
  let number = 0
  let held: Buffer = Buffer.alloc(0)
  let tooLong = false

  function take(piece: Buffer): NumberedLine[] {
    const taken: NumberedLine[] = []
    let from = 0
    for (let to = piece.indexOf(10); to !== -1; to = piece.indexOf(10, from)) {
      keep(Buffer.concat([held, piece.subarray(from, to)]), taken)
      held = Buffer.alloc(0)
      from = to + 1
    }
    held = Buffer.concat([held, piece.subarray(from)])
    if (held.length > limitBytes) {
      tooLong = true
      held = Buffer.alloc(0)
    }
    return taken
  }

  function keep(line: Buffer, taken: NumberedLine[]): void {
    number++
    const text = tooLong ? '' : line.toString('utf8')
    tooLong = false
    if (text.trim() !== '') taken.push({ text, number })
  }

  async function* lines(): AsyncGenerator<readonly NumberedLine[]> {
    const file = await opened(path)
    if (file === null) return
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, offset)
        if (bytesRead === 0) return
        offset += bytesRead
        yield take(buffer.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
    }
  }

  async function* rest(): AsyncGenerator<readonly NumberedLine[]> {
    yield* lines()
    const last: NumberedLine[] = []
    if (held.length > 0) keep(held, last)
    held = Buffer.alloc(0)
    if (last.length > 0) yield last
  }
  return { lines, rest }
}

async function opened(path: string): Promise<FileHandle | null> {
  return open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
