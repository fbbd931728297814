import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, read, rmSync } from 'node:fs'
import { promisify } from 'node:util'
import { splitLines } from '../../output/lines.ts'

/** Reads a file while somebody else writes it. */
export interface Tail {
  /** Reads what is left and closes; removes a file that nothing was written to. Nobody may write any more. */
  finish(): Promise<void>
}

/** Bytes of a file that are kept. Its writer must append: what goes beyond is read, and cut off. */
const fileLimit = 256 * 1024 * 1024
const chunkBytes = 64 * 1024
const shortestMs = 50
const longestMs = 400

/** Makes a file and gives its lines as they come: looks often while it grows, and seldom while it does not. */
export function tail(path: string, onLine: (line: string, cut: boolean) => void): Tail {
  const file = openSync(path, 'a+')
  const lines = splitLines(onLine)
  let offset = 0
  let lookMs = shortestMs
  let reading: Promise<void> = Promise.resolve()
  let timer = setTimeout(look, lookMs)

  function look(): void {
    const grew = fstatSync(file).size > offset
    lookMs = grew ? shortestMs : Math.min(longestMs, lookMs * 2)
    reading = grew ? readOn() : Promise.resolve()
    void reading.then(() => {
      timer = setTimeout(look, lookMs)
    })
  }

  async function readOn(): Promise<void> {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await readSome(file, chunk, 0, chunkBytes, offset)
      if (bytesRead === 0) return
      offset += bytesRead
      lines.push(chunk.subarray(0, bytesRead))
      if (offset <= fileLimit) continue
      ftruncateSync(file, fileLimit)
      offset = fileLimit
    }
  }

  return {
    async finish() {
      await reading
      clearTimeout(timer)
      await readOn()
      lines.end()
      const { size } = fstatSync(file)
      closeSync(file)
      if (size === 0 && existsSync(path)) rmSync(path)
    },
  }
}

const readSome = promisify(read)
