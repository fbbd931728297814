import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Lines that wait on disk, in files of a bounded number of lines, oldest first. */
export interface Spool {
  /** Bytes that wait. */
  readonly bytes: () => number
  /** Hands lines to the operating system: what was appended survives the end of this process. */
  append(lines: readonly string[]): void
  /** The oldest file, closed so that nothing more enters it; null where nothing waits. */
  oldest(): Segment | null
  /** Removes a file whose lines the server has. */
  remove(segment: Segment): void
  /** Puts a file aside whose lines the server takes never. */
  refuse(segment: Segment): void
  /** Removes the folder, if nothing is left in it, and lets it go. */
  close(): void
}

/** Lines that are sent at once. */
export interface Segment {
  readonly path: string
  readonly bytes: number
  readonly lines: () => string[]
}

/** Names the process that a folder belongs to. */
export const ownerFile = 'owner.json'
/** Stands there when it let the folder go. */
export const released = '"nobody"'

/** Servers take 5,000 lines at once best. */
const segmentLines = 5000
const segmentBytes = 2 << 20

/** Opens a folder of lines, made where it is missing. What a process that is gone left in it waits again, cut behind its last whole line. */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true })
  const waiting = segmentsIn(folder)
  let next = 1 + Math.max(0, ...waiting.map(({ path }) => Number(/(\d+)\.\w+$/.exec(path)?.[1])))
  let open: { readonly path: string; readonly file: number; lines: number; bytes: number } | null = null

  function begin(): NonNullable<typeof open> {
    const path = join(folder, `${String(next++).padStart(10, '0')}.open`)
    return { path, file: openSync(path, 'a'), lines: 0, bytes: 0 }
  }

  function finish(): void {
    if (open === null) return
    closeSync(open.file)
    const path = open.path.replace(/open$/, 'lines')
    renameSync(open.path, path)
    waiting.push(segment(path, open.bytes))
    open = null
  }

  return {
    bytes: () => waiting.reduce((sum, { bytes }) => sum + bytes, open?.bytes ?? 0),
    append(lines) {
      for (let from = 0; from < lines.length; from += segmentLines) {
        open ??= begin()
        const piece = lines.slice(from, from + segmentLines)
        const bytes = Buffer.from(`${piece.join('\n')}\n`)
        for (let at = 0; at < bytes.length; ) at += writeSync(open.file, bytes, at)
        open.lines += piece.length
        open.bytes += bytes.length
        if (open.lines >= segmentLines || open.bytes >= segmentBytes) finish()
      }
    },
    oldest() {
      if (waiting.length === 0) finish()
      return waiting[0] ?? null
    },
    remove(done) {
      waiting.splice(waiting.indexOf(done), 1)
      rmSync(done.path, { force: true })
    },
    refuse(done) {
      waiting.splice(waiting.indexOf(done), 1)
      renameSync(done.path, done.path.replace(/lines$/, 'refused'))
    },
    close() {
      finish()
      const aside = readdirSync(folder).some((name) => name.endsWith('.refused'))
      if (waiting.length === 0 && !aside) rmSync(folder, { recursive: true, force: true })
      else writeFileSync(join(folder, ownerFile), released)
    },
  }
}

function segmentsIn(folder: string): Segment[] {
  const names = readdirSync(folder).filter((name) => /^\d+\.(open|lines)$/.test(name))
  return names.sort().map((name) => {
    const path = join(folder, name.replace(/open$/, 'lines'))
    if (name.endsWith('open')) renameSync(join(folder, name), path)
    return segment(path, statSync(path).size)
  })
}

function segment(path: string, bytes: number): Segment {
  return {
    path,
    bytes,
    lines() {
      const text = readFileSync(path, 'utf8')
      return text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .slice(0, -1)
    },
  }
}
