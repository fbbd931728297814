import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { rowCheck } from '../check.ts'
import type { RecordWriter } from '../env.ts'
import type { RecordSchema } from '../record.ts'

/** Appends whole lines to a file, each handed to the operating system before it returns: a kill of the process loses at most the line being written. */
export function lineFile(path: string): (line: string) => void {
  const file = openSync(path, 'a')
  return (line) => {
    const bytes = Buffer.from(`${line}\n`)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
  }
}

/** Opens the files of an instance's records in its output folder. The files stay open as long as the process, so that what arrives after the case is kept too. */
export function recordWriters(folder: string): <S extends RecordSchema>(schema: S) => RecordWriter<S> {
  const open = new Map<string, { readonly schema: RecordSchema; readonly writer: RecordWriter<RecordSchema> }>()
  return <S extends RecordSchema>(schema: S): RecordWriter<S> => {
    const entry = open.get(schema.file) ?? { schema, writer: recordWriter(folder, schema) }
    open.set(schema.file, entry)
    if (entry.schema !== schema)
      throw new Error(`${schema.file} holds "${entry.schema.name}"; write "${schema.name}" to a file of its own`)
    return entry.writer as unknown as RecordWriter<S>
  }
}

function recordWriter(folder: string, schema: RecordSchema): RecordWriter<RecordSchema> {
  const check = rowCheck(schema)
  const write = lineFile(join(folder, schema.file))
  return {
    write(row) {
      const problems = check(row)
      if (problems.length > 0) throw new Error(`${schema.file}: ${problems.join('; ')}`)
      write(JSON.stringify(row))
    },
  }
}
