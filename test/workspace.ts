import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Folder of the repository. */
export const root = resolve(import.meta.dirname, '..')

/** A folder that looks like the repository, so that what commands write lands in it and not in the repository. */
export function workspaceFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-workspace-'))
  const kept = ['runs', 'site', '.git']
  for (const name of readdirSync(root)) if (!kept.includes(name)) symlinkSync(join(root, name), join(folder, name))
  return folder
}
