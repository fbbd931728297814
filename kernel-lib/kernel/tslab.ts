import { createRequire } from 'node:module'
import { join } from 'node:path'
import vm from 'node:vm'
import { type CompilerOptions, repairCompiler } from './compiler.ts'
import type { DisplayContent } from './message.ts'

/** tslab's executor: compiles a cell against the declarations of the cells before it, and runs it. */
export interface Executor {
  /** Resolves to false when the cell did not compile, threw, or was interrupted. */
  execute(code: string): Promise<boolean>
  /** Rejects whatever top-level `await` the running cell is in. */
  interrupt(): void
  close(): void
}

/** Where tslab tells a cell's last value (`log`) and its diagnostics and exceptions (`error`). */
export interface ExecutorConsole {
  log(value: unknown): void
  error(...values: unknown[]): void
}

/** The parts of tslab that a kernel is made of. */
export interface Tslab {
  readonly versions: { readonly tslab: string; readonly typescript: string }
  /** tslab's `jupyter.js`: its server, and the function that its display API writes to. */
  readonly jupyter: { lastWriteDisplayData: ((content: DisplayContent, update: boolean) => void) | null } & Readonly<
    Record<string, unknown>
  >
  createExecutor(folder: string, console: ExecutorConsole): Executor
}

/** Loads tslab with its compiler repaired. Cells must be run in the current folder: tslab's compiler knows no other. */
export function loadTslab(options: CompilerOptions): Tslab {
  const require = createRequire(import.meta.url)
  const main = require.resolve('tslab')
  const ofTslab = createRequire(main)
  const compilerFile = ofTslab.resolve('@tslab/typescript-for-tslab')
  const original = ofTslab(compilerFile)
  const cached = require.cache[compilerFile]
  if (cached !== undefined) cached.exports = repairCompiler(original, options)
  keepImportNative()
  const part = (name: string) => ofTslab(join(main, '..', name))
  const converter = part('converter.js').createConverter({ isJS: false, isBrowser: false })
  const converters = {
    node: converter,
    get browser(): never {
      throw new Error('a cell marked @browser cannot run here; remove the mark')
    },
    close: () => converter.close(),
  }
  return {
    versions: { tslab: part('util.js').getVersion(), typescript: original.version },
    jupyter: part('jupyter.js'),
    createExecutor: (folder, console) => part('executor.js').createExecutor(folder, converters, console),
  }
}

/** Cells are run as scripts, in which Node refuses `import()` unless told how to resolve it. */
function keepImportNative(): void {
  const { runInThisContext } = vm
  vm.runInThisContext = (code, options) =>
    runInThisContext(code, {
      ...(typeof options === 'object' ? options : {}),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    } as vm.RunningCodeOptions)
}
