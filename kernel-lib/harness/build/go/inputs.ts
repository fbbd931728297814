import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { go } from './command.ts'
import type { GoOrder } from './order.ts'

/** Changes when a build is made otherwise, so that what an earlier hoplab built is not taken. */
const recipe = 'hoplab/go/1'

/** Hex digest of all that a build depends on: sources, modules, tags, the compiler and what it compiles for. */
export async function inputsOf(order: GoOrder, signal?: AbortSignal): Promise<string> {
  const { folder, pkg, modfile, tags, replaced } = order
  const hash = createHash('sha256')
  const note = (...texts: readonly (string | Uint8Array)[]): void => {
    for (const text of texts) hash.update(`${text.length}:`).update(text)
  }
  const compiler = await go(['env', 'GOVERSION', 'GOOS', 'GOARCH', 'GOAMD64', 'GOARM', 'GOARM64'], { folder, signal })
  note(recipe, compiler, pkg, modfile, ...tags, ...replaced)
  for (const root of [folder, ...(await besides(order, signal))])
    for (const file of await filesIn(root)) note(relative(root, file), await readFile(file))
  return hash.digest('hex')
}

/** Folders that stand for modules. */
async function besides({ folder, modfile, replaced }: GoOrder, signal?: AbortSignal): Promise<readonly string[]> {
  const { Replace } = JSON.parse(await go(['mod', 'edit', '-json', modfile], { folder, signal })) as {
    Replace: { New: { Path: string; Version?: string } }[] | null
  }
  const named = (Replace ?? []).flatMap(({ New }) => (New.Version === undefined ? [New.Path] : []))
  const given = replaced.flatMap((one) => /=([./][^@]*)$/.exec(one)?.[1] ?? [])
  return [...new Set([...named, ...given])].map((path) => resolve(folder, path)).sort()
}

/** Files of a folder that a build may read (what Go passes over is passed over), in order. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(({ name }) => !/^[._]/.test(name) && name !== 'node_modules')
      .map(async (entry) => {
        const path = join(folder, entry.name)
        if (entry.isDirectory()) return filesIn(path)
        return entry.isFile() ? [path] : []
      }),
  )
  return found.flat().sort()
}
