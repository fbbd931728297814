import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { splitLines } from './lines.ts'

/** Bytes of one stream that are kept on disk. A program that prints without end must not fill it. */
const fileLimit = 256 * 1024 * 1024

/**
 * Copies a stream of a process to a file, made when the first byte arrives, and gives its lines.
 * Memory is bounded by one chunk and one line; the program waits while the disk does.
 *
 * @returns Resolves when the stream has ended and the file is closed; never rejects.
 */
export async function capture(
  stream: Readable,
  path: string,
  onLine: (line: string, cut: boolean) => void,
): Promise<void> {
  const lines = splitLines(onLine)
  let file: FileHandle | null = null
  let written = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      lines.push(chunk)
      if (written >= fileLimit) continue
      file ??= await openIn(path)
      written += chunk.length
      await file.write(chunk)
      if (written >= fileLimit) await file.write(`\n[cut here after ${fileLimit} bytes]\n`)
    }
  } catch (error) {
    // A stream that was closed under us has given what it had; a full disk is worth a line where the outcome is told.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') onLine(`[${path}: ${error}]`, false)
  }
  lines.end()
  await file?.close()
}

async function openIn(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true })
  return open(path, 'a')
}
