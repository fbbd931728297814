import { closeSync, openSync, writeSync } from 'node:fs'

/** Writes lines to a new file in pieces of 64 KiB. */
export interface LineWriter {
  /** Text as it is; the caller ends its lines. */
  write(text: string): void
  close(): void
}

const pieceChars = 1 << 16

/** Opens a new file for lines; throws where there is one. */
export function lineWriter(path: string): LineWriter {
  const file = openSync(path, 'wx')
  let held: string[] = []
  let chars = 0
  const flush = (): void => {
    const bytes = Buffer.from(held.join(''))
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    held = []
    chars = 0
  }
  return {
    write(text) {
      held.push(text)
      chars += text.length
      if (chars >= pieceChars) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}
