/** Bytes of one line that are looked at; the rest of a longer line reaches only the file. */
export const lineLimit = 256 * 1024

/** Takes bytes and gives lines. */
export interface LineSplitter {
  push(chunk: Buffer): void
  /** Gives the last line where it has no line feed. */
  end(): void
}

/** Splits bytes at line feeds, holding at most `lineLimit` bytes of one line whatever its length; of a longer line only the beginning is given, with `cut` true. */
export function splitLines(onLine: (line: string, cut: boolean) => void): LineSplitter {
  let held: Buffer[] = []
  let size = 0
  let cut = false
  const hold = (part: Buffer): void => {
    const room = lineLimit - size
    if (part.length > room) cut = true
    if (room <= 0 || part.length === 0) return
    // A copy, so that a few bytes do not keep their whole chunk alive.
    held.push(Buffer.from(part.subarray(0, room)))
    size += Math.min(part.length, room)
  }
  const give = (): void => {
    onLine(Buffer.concat(held).toString('utf8').replace(/\r$/, ''), cut)
    held = []
    size = 0
    cut = false
  }
  return {
    push(chunk) {
      let from = 0
      for (let feed = chunk.indexOf(10); feed !== -1; feed = chunk.indexOf(10, from)) {
        hold(chunk.subarray(from, feed))
        give()
        from = feed + 1
      }
      hold(chunk.subarray(from))
    },
    end() {
      if (size > 0) give()
    },
  }
}
