import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CellOutput } from '../../../kernel-lib/kernel/document/notebook.ts'
import { type ExecuteOptions, type Execution, executeNotebook } from '../../../kernel-lib/kernel/execute/execute.ts'

const root = join(import.meta.dirname, '../../..')

/** Notebooks that lie in the repository, whose cells can import `hoplab`. */
export const fixtures = join(root, 'test/fixtures/notebooks')

/** Compiles what cells run, where a source is newer than the compiled code. */
export function build(): void {
  const newest = (folder: string): number =>
    Math.max(
      0,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/(^|\/)(dist|node_modules)\//.test(name))
        .map((name) => statSync(join(folder, name)).mtimeMs),
    )
  const compiled = statSync(join(root, 'kernel-lib/dist/.tsbuildinfo'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (Math.max(newest(join(root, 'kernel-lib')), newest(join(root, 'plans/sdk'))) < compiled) return
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'kernel-lib'], { cwd: root })
}

const folders: string[] = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A notebook of code cells in a file of its own; a cell that begins with `// parameters` is tagged so. */
export function notebookFile(...cells: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'hoplab-notebook-')), 'cells.ipynb')
  folders.push(join(path, '..'))
  const written = cells.map((source, index) => ({
    id: `cell-${index + 1}`,
    cell_type: 'code',
    metadata: source.startsWith('// parameters') ? { tags: ['parameters'] } : {},
    source,
    outputs: [],
    execution_count: null,
  }))
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: written }))
  return path
}

/** Runs cells as a notebook. */
export function runCells(cells: readonly string[], options: ExecuteOptions = {}): Promise<Execution> {
  build()
  return executeNotebook(notebookFile(...cells), options)
}

/** Outputs of the code cell at an index. */
export function outputsOf(execution: Execution, index: number): readonly CellOutput[] {
  return execution.notebook.cells.filter((cell) => cell.cell_type === 'code')[index]?.outputs ?? []
}

/** Everything that the code cell at an index printed. */
export function printed(execution: Execution, index: number): string {
  return outputsOf(execution, index)
    .map((output) => (output.output_type === 'stream' ? output.text : ''))
    .join('')
}
