import { PassThrough, type Readable } from 'node:stream'

/** Standard output and standard error of a container. */
export interface Printed {
  readonly stdout: Readable
  readonly stderr: Readable
}

const headerBytes = 8

/** Takes the engine's frames apart (one byte of stream, three of nothing, four of length, then the bytes). Reads no faster than both streams are read. */
export function demux(frames: Readable): Printed {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  void pump(frames, { 1: stdout, 2: stderr }).finally(() => {
    stdout.end()
    stderr.end()
  })
  return { stdout, stderr }
}

async function pump(frames: Readable, streams: Readonly<Record<number, PassThrough>>): Promise<void> {
  let header: Buffer = Buffer.alloc(0)
  let left = 0
  try {
    for await (const chunk of frames as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        if (left === 0) {
          const part = chunk.subarray(at, at + headerBytes - header.length)
          header = Buffer.concat([header, part])
          at += part.length
          if (header.length < headerBytes) continue
          left = header.readUInt32BE(4)
          if (left === 0) header = Buffer.alloc(0)
          continue
        }
        const part = chunk.subarray(at, at + left)
        at += part.length
        left -= part.length
        await give(streams[header[0] ?? 0], part)
        if (left === 0) header = Buffer.alloc(0)
      }
    }
  } catch {
    // The connection to the engine was lost: what it had given stands, and how the container ended is asked elsewhere.
  }
}

async function give(stream: PassThrough | undefined, part: Buffer): Promise<void> {
  if (stream === undefined || stream.destroyed || stream.write(part)) return
  await new Promise<void>((resolve) => {
    const go = (): void => {
      stream.off('drain', go).off('close', go)
      resolve()
    }
    stream.on('drain', go).on('close', go)
  })
}
