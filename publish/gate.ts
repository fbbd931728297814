import { type Notebook, type NotebookCell, sourceHash } from 'hoplab'

/** How a cell is named to people: its number and its first line. */
export function cellName(cell: NotebookCell, index: number): string {
  return `cell ${index + 1} (${cell.source.trim().split('\n')[0]?.slice(0, 60) ?? ''})`
}

/**
 * Why a notebook must not be published: a cell that failed, that was not executed, that was changed after it was
 * executed, or that ran out of order. Empty where a reader sees what the cells gave, top to bottom.
 */
export function unfit(notebook: Notebook): string[] {
  const code = notebook.cells
    .map((cell, index) => ({ cell, name: cellName(cell, index) }))
    .filter(({ cell }) => cell.cell_type === 'code' && cell.source.trim() !== '')
  const faults = code.flatMap(({ cell, name }) => {
    const fault = cellFault(cell)
    return fault === null ? [] : [`${name}: ${fault}`]
  })
  const disorder = code.find(({ cell }, i) => (cell.execution_count ?? 0) < (code[i - 1]?.cell.execution_count ?? 0))
  return disorder === undefined ? faults : [...faults, `${disorder.name}: ran before the cell above it`]
}

function cellFault(cell: NotebookCell): string | null {
  const error = cell.outputs?.find((output) => output.output_type === 'error')
  if (error !== undefined) return `ended in an error, ${error.ename}: ${error.evalue?.split('\n')[0]}`
  if (cell.execution_count == null) return 'was not executed'
  const executed = (cell.metadata.hoplab as { source_sha256?: string } | undefined)?.source_sha256
  if (executed !== undefined && executed !== sourceHash(cell.source))
    return 'is stale: its source changed after it was executed'
  return null
}
