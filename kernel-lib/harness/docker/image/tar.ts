import { readFile } from 'node:fs/promises'

/** Something that a layer holds, by its absolute path in the image. */
export type Entry = { readonly path: string; readonly mode: number } & (
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'file'; read(): Promise<Uint8Array> }
  /** A file of this machine, by its absolute path there. */
  | { readonly kind: 'copy'; readonly from: string }
)

const block = 512

/** A file with these contents. */
export function fileEntry(path: string, text: string, mode = 0o644): Entry {
  return { kind: 'file', path, mode, read: async () => Buffer.from(text) }
}

/** Bytes of a tar file: owner 0, no times, so that equal entries in equal order are equal bytes. */
export async function* tarBytes(entries: Iterable<Entry>): AsyncGenerator<Uint8Array> {
  for (const entry of entries) yield* entryBytes(entry)
  yield Buffer.alloc(block * 2)
}

async function* entryBytes(entry: Entry): AsyncGenerator<Uint8Array> {
  const name = `${entry.path.replace(/^\//, '')}${entry.kind === 'folder' ? '/' : ''}`
  const target = entry.kind === 'link' ? entry.target : ''
  yield* longName(name, 'L')
  yield* longName(target, 'K')
  const body = await bodyOf(entry)
  const type = { folder: '5', link: '2', file: '0', copy: '0' }[entry.kind]
  yield tarHeader({ name, target, type, mode: entry.mode, size: body.length })
  yield* padded(body)
}

async function bodyOf(entry: Entry): Promise<Uint8Array> {
  if (entry.kind === 'copy') return readFile(entry.from)
  return entry.kind === 'file' ? entry.read() : new Uint8Array()
}

/** GNU's way to give a name of more than 100 bytes. */
async function* longName(name: string, type: 'L' | 'K'): AsyncGenerator<Uint8Array> {
  if (Buffer.byteLength(name) <= 100) return
  const body = Buffer.from(`${name}\0`)
  yield tarHeader({ name: '././@LongLink', target: '', type, mode: 0o644, size: body.length })
  yield* padded(body)
}

function* padded(body: Uint8Array): Generator<Uint8Array> {
  yield body
  const rest = body.length % block
  if (rest > 0) yield Buffer.alloc(block - rest)
}

interface Header {
  readonly name: string
  readonly target: string
  readonly type: string
  readonly mode: number
  readonly size: number
}

/** The header of one tar entry; `size` in bytes. Names longer than 100 bytes are cut. */
export function tarHeader({ name, target, type, mode, size }: Header): Buffer {
  const header = Buffer.alloc(block)
  const octal = (value: number, at: number, length: number): void => {
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
  }
  Buffer.from(name).copy(header, 0, 0, 100)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  header.write('        ', 148, 'latin1')
  header.write(type, 156, 'latin1')
  Buffer.from(target).copy(header, 157, 0, 100)
  header.write('ustar  \0', 257, 'latin1')
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return header
}
