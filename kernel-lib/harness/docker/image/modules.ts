import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { AbsentError } from '../../../errors.ts'
import { type Entry, fileEntry } from './tar.ts'

/** Compiled modules of hoplab and all that they import of it, laid out below `root` as in dist. They must import nothing but Node's own beside. `names` are relative to dist: `harness/docker/agent/main.js`. */
export function moduleEntries(names: readonly string[], root: string): readonly Entry[] {
  const dist = join(dirname(createRequire(import.meta.url).resolve('hoplab/package.json')), 'dist')
  const texts = new Map<string, string>()
  const visit = (file: string): void => {
    if (texts.has(file)) return
    if (!existsSync(file)) throw new AbsentError(`${file} is not there; build hoplab (npm run build)`)
    const text = readFileSync(file, 'utf8')
    texts.set(file, text)
    for (const [, name = ''] of text.matchAll(/ from ["'](\.[^"']+)["'];$/gm)) visit(resolve(dirname(file), name))
  }
  for (const name of names) visit(join(dist, name))
  return [
    fileEntry(join(root, 'package.json'), '{"type":"module"}'),
    ...[...texts].map(([file, text]) => fileEntry(join(root, relative(dist, file)), text)),
  ]
}
