import { open, rename, rm } from 'node:fs/promises'
import type { ColumnTable } from 'arquero'
import { InputError } from '../errors.ts'
import { tableParquet } from './table-parquet.ts'
import { tableText } from './table-text.ts'

/** Writes a table to a file, whole or not at all; a file of that name is replaced. */
export async function writeTable(
  table: ColumnTable,
  path: string,
  { format, signal }: { format: string; signal?: AbortSignal },
): Promise<void> {
  const pieces: Iterator<string | Uint8Array> =
    format === 'parquet' ? [await tableParquet(table)].values() : tableText(table, format)
  const first = pieces.next()
  const temp = `${path}.${process.pid}.tmp`
  const file = await open(temp, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`--out ${path}: cannot be written (${error.code ?? error.message})`)
  })
  try {
    for (let piece = first; !piece.done; piece = pieces.next()) {
      signal?.throwIfAborted()
      await file.writeFile(piece.value)
    }
    await file.close()
    await rename(temp, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(temp, { force: true })
    throw error
  }
}
