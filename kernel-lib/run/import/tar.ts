import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Parser, type ReadEntry } from 'tar'
import { InputError } from '../../errors.ts'
import { takenNames } from '../../harness/taken-names.ts'
import type { ArchivedFile, Unpacked } from './unpacked.ts'

/** Where a tar goes, and how much of it at most. */
export interface TarOptions {
  readonly folder: string
  readonly fileBytes: number
  readonly totalBytes: number
  readonly signal?: AbortSignal | undefined
}

const fileTypes: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile'])
const folderTypes: ReadonlySet<string> = new Set(['Directory', 'GNUDumpDir'])
const instancePath = /^([^/]+)\/([^/]+)\/(\d+)\/(.+)$/

/** Writes the instances' files of a tar stream below `folder`; see unpackArchive. Its messages name the entry, not the archive. */
export async function unpackTar(tar: Readable, options: TarOptions): Promise<Omit<Unpacked, 'sha256'>> {
  const sorted = sorter(options)
  const entries = entryWriter(sorted.place, options.folder)
  try {
    for await (const chunk of tar as AsyncIterable<Buffer>) {
      options.signal?.throwIfAborted()
      await entries.push(chunk)
    }
    await entries.end()
  } finally {
    await entries.close()
  }
  return sorted.held()
}

type Place = (entry: ReadEntry) => string | null

/** Cuts a tar into entries and writes them one after the other. The first failure, whoever meets it, is what `push` and `end` throw. */
function entryWriter(place: Place, folder: string) {
  const stop = new AbortController()
  const fail = (error: unknown): void => stop.abort(error)
  let writing: Promise<void> = Promise.resolve()
  const onReadEntry = (entry: ReadEntry): void => {
    const path = attempt(() => place(entry), fail)
    if (path === null) entry.resume()
    else writing = writing.then(() => write(entry, join(folder, path), stop.signal)).catch(fail)
  }
  const parser = new Parser({ strict: true, onReadEntry })
  parser.on('error', (error: Error) =>
    fail(new InputError(`the archive is cut short or damaged (${error.message}); copy it again`)),
  )
  const until = async (event: string): Promise<void> => {
    // A wait that was broken off has its reason in the signal.
    await once(parser, event, { signal: stop.signal }).catch(() => {})
    stop.signal.throwIfAborted()
  }
  return {
    async push(chunk: Buffer): Promise<void> {
      const more = parser.write(chunk)
      stop.signal.throwIfAborted()
      if (!more) await until('drain')
    },
    async end(): Promise<void> {
      const ended = until('end')
      parser.end()
      await ended
      await writing
      stop.signal.throwIfAborted()
    },
    async close(): Promise<void> {
      stop.abort()
      await writing
    },
  }
}

function attempt<T>(action: () => T, fail: (error: unknown) => void): T | null {
  try {
    return action()
  } catch (error) {
    fail(error)
    return null
  }
}

async function write(entry: ReadEntry, path: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await pipeline(entry as unknown as NodeJS.ReadableStream, createWriteStream(path, { flags: 'wx' }), { signal })
}

/** Decides where each entry goes, and refuses what no honest archive holds. */
function sorter({ fileBytes, totalBytes }: TarOptions) {
  const files = new Map<string, ArchivedFile>()
  const ignored: string[] = []
  const runs = new Set<string>()
  let total = 0
  return {
    /** Path below the folder, or null where the entry is passed over. */
    place(entry: ReadEntry): string | null {
      const path = safePath(entry)
      if (folderTypes.has(entry.type)) return null
      const [, run, group, index, name] = instancePath.exec(path) ?? []
      if (run === undefined || group === undefined || index === undefined || name === undefined) {
        ignored.push(path)
        return null
      }
      if (takenNames.includes(group))
        throw new InputError(`entry ${path}: no group can be called ${group}, which is a name of a run's own files`)
      total += entry.size
      if (entry.size > fileBytes)
        throw new InputError(`entry ${path} holds ${entry.size} bytes; at most ${fileBytes} are taken`)
      if (total > totalBytes) throw new InputError(`its files hold more than ${totalBytes} bytes together`)
      runs.add(run)
      if (runs.size > 1)
        throw new InputError(`it holds several runs (${[...runs].join(', ')}); pack each in an archive of its own`)
      const file = { group, index: Number(index), path: `${group}/${Number(index)}/${name}` }
      if (files.has(file.path)) throw new InputError(`entry ${path} is there twice`)
      files.set(file.path, file)
      return file.path
    },
    held(): Omit<Unpacked, 'sha256'> {
      const [run] = runs
      if (run === undefined)
        throw new InputError(
          'no file in it lies at <run>/<group>/<instance>/<file>; give the .tgz that testground collect wrote',
        )
      return { run, files: [...files.values()], ignored }
    },
  }
}

function safePath(entry: ReadEntry): string {
  const shown = JSON.stringify(entry.path.slice(0, 200))
  if (!fileTypes.has(entry.type) && !folderTypes.has(entry.type))
    throw new InputError(
      `entry ${shown} is a ${entry.type}; only files and folders are taken; pack it again without it`,
    )
  const path = entry.path.replace(/^(\.\/)+/, '')
  if (/^\/|^[A-Za-z]:|\\|\0/.test(path))
    throw new InputError(
      `entry ${shown} is an absolute path or has a backslash; pack it again with paths <run>/<group>/<instance>/<file>`,
    )
  if (path.split('/').includes('..'))
    throw new InputError(
      `entry ${shown} leads out of the archive with ".."; pack it again with paths <run>/<group>/<instance>/<file>`,
    )
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}
