import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RecordSchema, records } from '@hoplab/sdk'
import { InputError } from '../errors.ts'

/** Names that the tables themselves take. */
const taken = new Set<string>([...records.map((record) => record.name), 'instances', 'entries', 'damage'])

/**
 * Kinds of record of a plan's own, from the copies of their schemas that the run carries in `schemas/`. Those that all plans share are left out.
 *
 * @throws InputError when a schema cannot be read as one.
 */
export async function ownSchemas(folder: string): Promise<RecordSchema[]> {
  const files = await readdir(join(folder, 'schemas')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const schemas: RecordSchema[] = []
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    const path = join(folder, 'schemas', file)
    const schema = asSchema(await readFile(path, 'utf8'))
    if (schema === null)
      throw new InputError(`${path}: not a record schema; it needs name, file and columns with a type each`)
    if (!taken.has(schema.name)) schemas.push(schema)
  }
  return schemas
}

function asSchema(json: string): RecordSchema | null {
  try {
    const { name, file, columns } = JSON.parse(json) as RecordSchema
    const fits =
      typeof name === 'string' &&
      /^[\w.-]+$/.test(file) &&
      Object.values(columns).every((column) => typeof column.type === 'string')
    return fits ? (JSON.parse(json) as RecordSchema) : null
  } catch {
    return null
  }
}
