import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InputError } from '../../errors.ts'

/** Representations of one thing by MIME type: text, or an object for JSON types. */
export type MimeBundle = Readonly<Record<string, unknown>>

/** An output as nbformat 4 writes it. */
export type CellOutput =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { output_type: 'display_data'; data: MimeBundle; metadata: MimeBundle }
  | { output_type: 'execute_result'; data: MimeBundle; metadata: MimeBundle; execution_count: number }
  | { output_type: 'error'; ename: string; evalue: string; traceback: readonly string[] }

/** A cell; in memory its source and texts are whole strings, in the file lists of lines. */
export interface NotebookCell {
  cell_type: 'code' | 'markdown' | 'raw'
  id: string
  metadata: Record<string, unknown>
  source: string
  outputs?: CellOutput[]
  execution_count?: number | null
}

/** A notebook of nbformat 4. */
export interface Notebook {
  cells: NotebookCell[]
  metadata: Record<string, unknown>
  nbformat: number
  nbformat_minor: number
}

/** Reads a notebook file. Throws InputError where there is none, or where it is not one of nbformat 4. */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(`${path}: cannot be read (${cause.code}); name an .ipynb file`)
  })
  const json = parse(text, path)
  const cells = json.cells
  if (json.nbformat !== 4 || !Array.isArray(cells))
    throw new InputError(`${path}: nbformat is ${JSON.stringify(json.nbformat)}; save it as a notebook of nbformat 4`)
  return {
    cells: cells.map((cell: Record<string, unknown>, index) => readCell(cell, index + 1, path)),
    metadata: (json.metadata as Record<string, unknown>) ?? {},
    nbformat: 4,
    nbformat_minor: Math.max(5, Number(json.nbformat_minor) || 0),
  }
}

/** Writes a notebook as Jupyter does; the file is whole or not there. */
export async function writeNotebook(notebook: Notebook, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = join(dirname(path), `.${randomBytes(6).toString('hex')}.partial`)
  try {
    await writeFile(partial, `${JSON.stringify({ ...notebook, cells: notebook.cells.map(fileCell) }, null, 1)}\n`)
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
}

/** SHA-256 of a cell's source, 64 hexadecimal digits: what tells a stale output from a fresh one. */
export function sourceHash(source: string): string {
  return createHash('sha256').update(source).digest('hex')
}

/** Tags that an author gave a cell. */
export function cellTags(cell: NotebookCell): readonly string[] {
  return Array.isArray(cell.metadata.tags) ? (cell.metadata.tags as string[]) : []
}

function parse(text: string, path: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>
  } catch (error) {
    throw new InputError(`${path}: not JSON (${(error as Error).message}); name an .ipynb file`)
  }
  throw new InputError(`${path}: holds no notebook; name an .ipynb file`)
}

function readCell(cell: Record<string, unknown>, number: number, path: string): NotebookCell {
  const type = cell?.cell_type
  if (type !== 'code' && type !== 'markdown' && type !== 'raw')
    throw new InputError(
      `${path}: cell ${number}: cell_type is ${JSON.stringify(type)}; it may be code, markdown or raw`,
    )
  return {
    ...cell,
    cell_type: type,
    id: typeof cell.id === 'string' ? cell.id : sourceHash(`${number} ${joined(cell.source)}`).slice(0, 8),
    metadata: (cell.metadata as Record<string, unknown>) ?? {},
    source: joined(cell.source),
    ...(type === 'code' ? { outputs: ((cell.outputs ?? []) as CellOutput[]).map(readOutput) } : {}),
  }
}

function readOutput(output: CellOutput): CellOutput {
  if (output.output_type === 'stream') return { ...output, text: joined(output.text) }
  if (output.output_type === 'error') return output
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    Array.isArray(value) && isText(type) ? value.join('') : value,
  ])
  return { ...output, data: Object.fromEntries(data) }
}

function fileCell(cell: NotebookCell): Record<string, unknown> {
  const { source, outputs, ...rest } = cell
  return { ...rest, source: lines(source), ...(outputs ? { outputs: outputs.map(fileOutput) } : {}) }
}

function fileOutput(output: CellOutput): Record<string, unknown> {
  if (output.output_type === 'stream') return { ...output, text: lines(output.text) }
  if (output.output_type === 'error') return { ...output }
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === 'string' && isText(type) ? lines(value) : value,
  ])
  return { ...output, data: Object.fromEntries(data) }
}

/** JSON types hold values, everything else text in lines. */
function isText(type: string): boolean {
  return !/[/+]json$/.test(type)
}

function joined(source: unknown): string {
  return Array.isArray(source) ? source.join('') : String(source ?? '')
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}
