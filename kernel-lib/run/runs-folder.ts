import { join, relative } from 'node:path'
import { InputError } from '../errors.ts'
import { workspaceAround } from './workspace.ts'

/**
 * Where runs are kept: the folder that was named, else `runs` at the root of the workspace around the current folder (so that a notebook's cells and
 * the command find the same runs), else `runs` in the current folder. Relative to the current folder, as it is shown to people.
 */
export function runsFolderOf(named?: unknown): string {
  if (named === '') throw new InputError('--runs: is empty; write the path of a folder')
  if (typeof named === 'string') return named
  const root = workspaceAround(process.cwd())
  return root === null ? 'runs' : join(relative(process.cwd(), root), 'runs')
}
