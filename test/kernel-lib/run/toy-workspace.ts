import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Workspace } from '../../../kernel-lib/command.ts'
import { findWorkspace } from '../../../kernel-lib/run/workspace.ts'
import { toyManifest } from '../composition/toy.ts'

const made: string[] = []
process.once('exit', () => {
  for (const root of made) rmSync(root, { recursive: true, force: true })
})

/** Writes files into a new folder, gone when the tests end, and returns it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'hoplab-test-'))
  made.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

export const toyPackage = JSON.stringify({
  name: 'study',
  hoplab: { commands: ['commands'], plans: ['plans', 'more'] },
})
export const toyComposition = 'plan = "toy"\ncase = "find"\n[[groups]]\nid = "nodes"\ncount = 4\n'

/** A workspace with the plan toy, its composition, and whatever else is given. */
export function toyWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  return findWorkspace(
    folderWith({
      'package.json': toyPackage,
      'plans/toy/manifest.toml': toyManifest,
      'plans/toy/compositions/four.toml': toyComposition,
      ...files,
    }),
  )
}
