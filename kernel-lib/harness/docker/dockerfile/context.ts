import { readdirSync, readlinkSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Plan } from '../../harness.ts'
import { inOrder } from '../image/layer.ts'
import type { Entry } from '../image/tar.ts'
import { ignoredIn } from './ignored.ts'

/**
 * What a plan's Dockerfile finds around it, laid out as Testground does: `plan/` and, where the manifest names sources for the
 * builder, `extra/<name>/`. Of the plan is left out what its ignore files name, and `_*` and `plan.zip` at its top.
 *
 * @param dockerfile Path in the plan, never left out.
 */
export async function contextOf(
  { folder, manifest }: Plan,
  { builder, dockerfile }: { readonly builder: string; readonly dockerfile: string },
): Promise<readonly Entry[]> {
  const ignored = ignoredIn(folder)
  const leftOut = (path: string): boolean =>
    !dockerfile.startsWith(path) && (/^(?:_[^/]*|plan\.zip)\/?$/.test(path) || ignored(path))
  const extras = (manifest.extraSources[builder] ?? []).map((path) => resolve(folder, path))
  const entries = [
    ...entriesOf(folder, '/plan', leftOut),
    ...extras.flatMap((extra) => entriesOf(extra, `/extra/${basename(extra)}`, () => false)),
  ]
  return inOrder(entries)
}

function entriesOf(root: string, at: string, leftOut: (path: string) => boolean): readonly Entry[] {
  const walk = (inside: string): readonly Entry[] =>
    readdirSync(join(root, inside), { withFileTypes: true }).flatMap((one): readonly Entry[] => {
      const path = join(inside, one.name)
      const [from, to] = [join(root, path), join(at, path)]
      if (leftOut(one.isDirectory() ? `${path}/` : path)) return []
      if (one.isDirectory()) return [{ kind: 'folder', path: to, mode: statSync(from).mode & 0o777 }, ...walk(path)]
      if (one.isSymbolicLink()) return [{ kind: 'link', path: to, mode: 0o777, target: readlinkSync(from) }]
      if (!one.isFile()) return []
      return [{ kind: 'copy', path: to, mode: statSync(from).mode & 0o777, from }]
    })
  return [{ kind: 'folder', path: at, mode: 0o755 }, ...walk('')]
}
