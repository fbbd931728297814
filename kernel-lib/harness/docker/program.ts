import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { Plan } from '../harness.ts'

/** The program that a plan's containers run, relative to the plan's folder, or why there is none. */
export function programIn({ manifest, folder }: Plan): { readonly program: string } | { readonly refused: string } {
  const { program } = manifest
  if (program === null)
    return { refused: 'it brings no program that docker can start; give its manifest one, or write another runner' }
  const path = relative(folder, resolve(folder, program))
  if (path.startsWith('..') || isAbsolute(path))
    return { refused: `its program ${program} is outside its folder and would not be in its image; move it there` }
  if (/\.[cm]?ts$/.test(path))
    return { refused: `its program ${program} is TypeScript, and images hold what is compiled; name its JavaScript` }
  if (!existsSync(resolve(folder, path)))
    return { refused: `its program ${program} is not there; build it (npm run build)` }
  return { program: path }
}
