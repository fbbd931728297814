import { fileURLToPath } from 'node:url'

/** A command line, program first. */
export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
}

/** Whether this code runs from source, as tests do, and not compiled. */
export const fromSource = (): boolean => import.meta.url.endsWith('.ts')

/** Options under which node runs our TypeScript from any working directory. */
export const sourceOptions = (): readonly string[] => [
  '--conditions=hoplab-source',
  '--import',
  import.meta.resolve('tsx'),
]

/** How node runs a module of ours that has no import of its own here. `source` is its URL beside the caller, with the extension `.ts`. */
export function ownModule(source: URL): CommandLine {
  const file = fileURLToPath(source)
  return fromSource()
    ? { command: process.execPath, args: [...sourceOptions(), file] }
    : { command: process.execPath, args: [file.replace(/\.ts$/, '.js')] }
}
