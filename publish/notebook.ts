import { readFile } from 'node:fs/promises'
import { InputError } from 'hoplab'

/** MIME types to data, as a cell's output holds them: text may be one string or a list of lines. */
export type MimeBundle = Readonly<Record<string, unknown>>

/** A cell output in nbformat 4. */
export interface Output {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error'
  readonly name?: string
  readonly text?: string | readonly string[]
  readonly data?: MimeBundle
  readonly ename?: string
  readonly evalue?: string
}

/** A cell in nbformat 4, with what the kernel recorded of its execution. */
export interface Cell {
  readonly cell_type: 'markdown' | 'code' | 'raw'
  readonly source: string | readonly string[]
  readonly metadata: { readonly tags?: readonly string[]; readonly hoplab?: { readonly source_sha256?: string } }
  readonly execution_count?: number | null
  readonly outputs?: readonly Output[]
}

/** A notebook in nbformat 4. */
export interface Notebook {
  readonly cells: readonly Cell[]
  readonly metadata: {
    readonly hoplab?: { readonly parameters?: Readonly<Record<string, unknown>>; readonly source?: string }
  }
}

/** nbformat writes long text as a list of lines. */
export function joined(text: unknown): string {
  return Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : ''
}

/**
 * Reads an executed notebook.
 *
 * @throws InputError where the file is missing or no notebook of nbformat 4.
 */
export async function readNotebook(path: string): Promise<{ notebook: Notebook; text: string }> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${path}: ${error.code === 'ENOENT' ? 'there is no such notebook' : error.message}`)
  })
  const notebook = parse(text, path)
  if (!Array.isArray((notebook as Notebook | null)?.cells))
    throw new InputError(`${path}: this JSON holds no cells; give a notebook (.ipynb, nbformat 4)`)
  return { notebook: notebook as Notebook, text }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(
      `${path}: not a notebook (${(error as Error).message.replaceAll(/\s+/g, ' ')}); give an .ipynb file`,
    )
  }
}
