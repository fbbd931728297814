import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { InputError } from '../../errors.ts'
import { unpackTar } from './tar.ts'
import type { Unpacked } from './unpacked.ts'

/** Bounds against archives that would fill the disk. Bytes. */
export interface ArchiveLimits {
  /** Most that one file may hold, 1 GiB unless given. */
  readonly fileBytes?: number
  /** Most that all files may hold together, 16 GiB unless given. */
  readonly totalBytes?: number
}

export interface UnpackOptions {
  readonly limits?: ArchiveLimits | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Unpacks what `testground collect` wrote, a gzipped tar with paths `<run>/<group>/<index>/<file>`, into a folder as `<group>/<index>/<file>`. It is read as a stream.
 *
 * @throws InputError when the file is absent, no gzipped tar, cut short, or holds a link, a path that leads out, too much, or no instance.
 */
export async function unpackArchive(file: string, folder: string, options: UnpackOptions = {}): Promise<Unpacked> {
  await refuseOthers(file)
  const hash = createHash('sha256')
  const source = createReadStream(file)
  const unzip = createGunzip()
  source.on('data', (chunk) => hash.update(chunk))
  source.on('error', (error) => unzip.destroy(error))
  try {
    const { fileBytes = 2 ** 30, totalBytes = 2 ** 34 } = options.limits ?? {}
    const held = await unpackTar(source.pipe(unzip), { folder, fileBytes, totalBytes, signal: options.signal })
    return { ...held, sha256: (await rest(source, hash)).digest('hex') }
  } catch (error) {
    throw said(error, file)
  } finally {
    source.destroy()
    unzip.destroy()
  }
}

/** A gzip stream may end before its file does; the checksum is of the whole file. */
async function rest(source: ReturnType<typeof createReadStream>, hash: Hash): Promise<Hash> {
  source.unpipe()
  if (!source.readableEnded) for await (const _ of source);
  return hash
}

async function refuseOthers(file: string): Promise<void> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new InputError(`${file}: there is no such file`)
    throw new InputError(`${file}: cannot be read (${error.code ?? error.message})`)
  })
  try {
    if (!(await handle.stat()).isFile())
      throw new InputError(`${file}: not a file; give the .tgz that testground collect wrote`)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    const start = buffer.subarray(0, bytesRead)
    if (start.toString('latin1').startsWith('PK'))
      throw new InputError(
        `${file}: a zip archive, as Testground wrote before June 2020; unpack it and pack it again as .tgz`,
      )
    if (start[0] !== 0x1f || start[1] !== 0x8b)
      throw new InputError(`${file}: not a gzip file; give the .tgz that testground collect wrote`)
  } finally {
    await handle.close()
  }
}

function said(error: unknown, file: string): unknown {
  if (error instanceof InputError) return new InputError(`${file}: ${error.message}`)
  const { code } = error as { readonly code?: unknown }
  if (code === 'Z_BUF_ERROR') return new InputError(`${file}: the archive is cut short; copy it again`)
  if (typeof code === 'string' && code.startsWith('Z_'))
    return new InputError(`${file}: the archive is damaged (${(error as Error).message}); copy it again`)
  return error
}
