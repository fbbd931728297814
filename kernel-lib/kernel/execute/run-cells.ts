import type { CellError } from '../cells/message.ts'
import { type CellOutput, type NotebookCell, sourceHash } from '../document/notebook.ts'
import type { KernelProcess } from '../process/kernel-process.ts'

/** The cell that an execution stopped at. */
export interface FailedCell extends CellError {
  /** Its number among code cells, from 1. */
  readonly cell: number
  readonly id: string
  readonly why: 'error' | 'timeout' | 'interrupted'
}

/** What running cells needs to know. */
export interface RunCellsOptions {
  readonly cellTimeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly onCell: (kind: 'started' | 'ended', number: number) => void
}

/** Runs code cells in order, filling in their counts and hashes, up to the first that fails. */
export async function runCells(
  cells: readonly NotebookCell[],
  kernel: KernelProcess,
  options: RunCellsOptions,
): Promise<{ executed: number; failed: FailedCell | null }> {
  let executed = 0
  for (const [index, cell] of cells.entries()) {
    if (cell.source.trim() === '') continue
    executed += 1
    options.onCell('started', index + 1)
    const why = await runCell(cell, kernel, { ...options, number: index + 1 })
    options.onCell('ended', index + 1)
    const failed = firstFailure(cells, why)
    if (failed !== null) return { executed, failed }
  }
  return { executed, failed: null }
}

async function runCell(
  cell: NotebookCell,
  kernel: KernelProcess,
  { cellTimeoutMs, signal, number }: RunCellsOptions & { readonly number: number },
): Promise<FailedCell['why']> {
  let why: FailedCell['why'] = 'error'
  const stop = (reason: FailedCell['why']): void => {
    if (why === 'error') kernel.interrupt()
    why = why === 'error' ? reason : why
  }
  const interrupted = (): void => stop('interrupted')
  const timer = setTimeout(() => stop('timeout'), cellTimeoutMs)
  signal?.addEventListener('abort', interrupted)
  const ending = kernel.execute(cell.source, number)
  if (signal?.aborted) interrupted()
  const end = await ending
  clearTimeout(timer)
  signal?.removeEventListener('abort', interrupted)
  cell.execution_count = end.kind === 'reply' ? end.reply.executionCount : null
  cell.metadata = { ...cell.metadata, hoplab: { source_sha256: sourceHash(cell.source) } }
  cell.outputs ??= []
  if (why !== 'error') {
    cell.outputs = [...cell.outputs.filter(isNoError), stopError(why, cellTimeoutMs)]
  } else if (end.kind === 'ended') {
    cell.outputs.push(endedError(end.how, end.lastWords))
  }
  return why
}

/** A cell fails when an error is among its outputs, also one that came while a later cell ran. */
function firstFailure(cells: readonly NotebookCell[], why: FailedCell['why']): FailedCell | null {
  for (const [index, cell] of cells.entries())
    for (const output of cell.outputs ?? []) {
      if (output.output_type !== 'error') continue
      const { ename, evalue, traceback } = output
      return { cell: index + 1, id: cell.id, why, ename, evalue, traceback }
    }
  return null
}

function isNoError(output: CellOutput): boolean {
  return output.output_type !== 'error'
}

function stopError(why: 'timeout' | 'interrupted', cellTimeoutMs: number): CellOutput {
  const [ename, evalue] =
    why === 'interrupted'
      ? ['Interrupted', 'the run was interrupted while this cell ran']
      : ['TimeoutError', `the cell ran longer than ${cellTimeoutMs / 1000} s; give it more with --cell-timeout SECONDS`]
  return { output_type: 'error', ename, evalue, traceback: [`${ename}: ${evalue}`] }
}

function endedError(how: string, lastWords: string): CellOutput {
  const evalue = `the process that runs the cells ended during this one (${how})`
  const words = lastWords.trim() === '' ? [] : lastWords.trim().split('\n').slice(-10)
  return { output_type: 'error', ename: 'KernelEnded', evalue, traceback: [`KernelEnded: ${evalue}`, ...words] }
}
