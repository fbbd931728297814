import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { VirtualTime } from '../time/virtual-time.ts'

/** The ordered events of a simulation, a JSON object a line, kept in a file and hashed as they come. */
export interface Trace {
  /** Adds an event at this moment; `fields` is the inside of a JSON object, without `t` and `event`. */
  add(event: string, fields: string): void
  /** Writes what is left and tells the whole: lines and the SHA-256 of their text, hex. */
  end(): { readonly events: number; readonly sha256: string }
}

/** Text that is compressed together. Characters. */
const blockLength = 1 << 20

/** A trace in a new gzip file; several members stand one after the other in it, as the format allows. */
export function traceIn(path: string, time: VirtualTime): Trace {
  const file = openSync(path, 'wx')
  const hash = createHash('sha256')
  let block: string[] = []
  let length = 0
  let events = 0

  function flush(): void {
    if (length === 0) return
    const bytes = Buffer.from(block.join(''))
    hash.update(bytes)
    const packed = gzipSync(bytes, { level: 1 })
    for (let at = 0; at < packed.length; ) at += writeSync(file, packed, at)
    block = []
    length = 0
  }

  return {
    add(event, fields) {
      const line = `{"t":${time.nowMs},"event":"${event}"${fields === '' ? '' : `,${fields}`}}\n`
      block.push(line)
      length += line.length
      events++
      if (length >= blockLength) flush()
    },
    end() {
      flush()
      closeSync(file)
      return { events, sha256: hash.digest('hex') }
    },
  }
}
