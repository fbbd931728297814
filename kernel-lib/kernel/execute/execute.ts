import { basename, dirname, relative, resolve, sep } from 'node:path'
import { InputError } from '../../errors.ts'
import { hoplabVersion } from '../../version.ts'
import type { CellMessage } from '../cells/message.ts'
import { type Notebook, type NotebookCell, readNotebook, sourceHash } from '../document/notebook.ts'
import { assignParameters, injectParameters, type NotebookValues, notebookParameters } from '../document/parameters.ts'
import { KernelProcess } from '../process/kernel-process.ts'
import { createCollector } from './collect.ts'
import { type FailedCell, runCells } from './run-cells.ts'

/** How a notebook is run. */
export interface ExecuteOptions {
  /** Values for the cell tagged `parameters`; text is typed by the declared default. */
  readonly parameters?: NotebookValues
  /** A cell that runs longer fails. 600,000 ms where not given. */
  readonly cellTimeoutMs?: number
  /** Where cells run and import from; the notebook's folder where not given, as in Jupyter. */
  readonly cwd?: string
  readonly onProgress?: (event: NotebookEvent) => void
  /** Interrupts the running cell and ends the execution. */
  readonly signal?: AbortSignal
}

/** What happens while a notebook runs. `cell` counts code cells from 1. */
export type NotebookEvent =
  | { readonly kind: 'started' | 'ended'; readonly cell: number; readonly of: number; readonly source: string }
  | { readonly kind: 'output'; readonly cell: number; readonly message: CellMessage }

/** A notebook after it was run: outputs of every cell up to the one that failed, if one did. */
export interface Execution {
  readonly notebook: Notebook
  /** Every parameter's value, given or default. */
  readonly parameters: NotebookValues
  readonly cells: { readonly executed: number; readonly expected: number }
  readonly failed: FailedCell | null
}

/**
 * Runs a notebook's cells from top to bottom in a process of its own, without Jupyter or Python. The file is not changed.
 * Nothing that a cell started is left when it resolves. Throws InputError for a file or parameters that do not fit.
 */
export async function executeNotebook(path: string, options: ExecuteOptions = {}): Promise<Execution> {
  const source = await readNotebook(path)
  refuseOtherLanguages(source, path)
  const parameters = assignParameters(notebookParameters(source), options.parameters ?? {})
  const prepared = injectParameters(source, parameters)
  const cells = prepared.cells.map(cleared)
  const codeCells = cells.filter((cell) => cell.cell_type === 'code')
  const kernel = await KernelProcess.start(options.cwd ?? dirname(resolve(path)), collect(codeCells, options))
  try {
    const { executed, failed } = await runCells(codeCells, kernel, {
      cellTimeoutMs: options.cellTimeoutMs ?? 600_000,
      signal: options.signal,
      onCell: (kind, cell) =>
        options.onProgress?.({ kind, cell, of: codeCells.length, source: codeCells[cell - 1]?.source ?? '' }),
    })
    const hoplab = {
      source: told(path),
      parameters,
      cells: hashes(codeCells.slice(0, executed)),
      versions: versions(kernel),
    }
    return {
      notebook: { ...prepared, cells, metadata: { ...prepared.metadata, hoplab } },
      parameters,
      cells: { executed, expected: codeCells.filter(hasSource).length },
      failed,
    }
  } finally {
    await kernel.end()
  }
}

function refuseOtherLanguages({ metadata }: Notebook, path: string): void {
  const { kernelspec, language_info } = metadata as Record<string, { language?: string; name?: string } | undefined>
  const language = kernelspec?.language ?? language_info?.name ?? 'typescript'
  if (language.toLowerCase() !== 'typescript')
    throw new InputError(`${path}: a notebook in ${language}; hoplab runs TypeScript, choose its kernel in Jupyter`)
}

function collect(cells: readonly NotebookCell[], { onProgress }: ExecuteOptions) {
  const collector = createCollector()
  return (message: CellMessage, number: number): void => {
    collector.add(message, cells[Math.max(number, 1) - 1]?.outputs ?? [])
    onProgress?.({ kind: 'output', cell: number, message })
  }
}

function cleared(cell: NotebookCell): NotebookCell {
  if (cell.cell_type !== 'code') return cell
  const { hoplab: _stale, ...metadata } = cell.metadata
  return { ...cell, metadata, outputs: [], execution_count: null }
}

/** The notebook as it is named from the current folder; a file outside of it by its name alone. */
function told(path: string): string {
  const way = relative('.', path)
  return way.startsWith('..') ? basename(path) : way.split(sep).join('/')
}

function hasSource(cell: NotebookCell): boolean {
  return cell.source.trim() !== ''
}

function hashes(cells: readonly NotebookCell[]): { id: string; source_sha256: string }[] {
  return cells.filter(hasSource).map(({ id, source }) => ({ id, source_sha256: sourceHash(source) }))
}

function versions(kernel: KernelProcess): Readonly<Record<string, string>> {
  return { hoplab: hoplabVersion(), ...kernel.versions }
}
