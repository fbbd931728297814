import { createRequire } from 'node:module'
import { join } from 'node:path'
import vm from 'node:vm'
import { type CellLines, cellLines } from './cell-lines.ts'
import { type CompilerOptions, repairCompiler } from './compiler.ts'
import type { DisplayContent } from './message.ts'

/** tslab's executor: compiles a cell against the declarations of the cells before it, and runs it. */
export interface Executor {
  /** Resolves to false when the cell did not compile, threw, or was interrupted. */
  execute(code: string): Promise<boolean>
  /** Rejects whatever top-level `await` the running cell is in. */
  interrupt(): void
  /** What could stand at a position, and the range that it would replace. */
  complete(code: string, position: number): { start: number; end: number; candidates: readonly string[] }
  /** What stands at a position, for `describe`; undefined where nothing does. */
  inspect(code: string, position: number): object | undefined
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
  /** Where tslab's own display API writes to. */
  readonly jupyter: { lastWriteDisplayData: ((content: DisplayContent, update: boolean) => void) | null }
  createExecutor(folder: string, console: ExecutorConsole): Executor
  /** Where a frame of a cell's stack is. */
  readonly lines: CellLines
  /** Whether a cell is whole, or what its next line is indented by. */
  isCompleteCode(code: string): { completed: boolean; indent?: string }
  /** What `inspect` found, as text. */
  describe(info: object): string
  /** Loads something that tslab brings. */
  require(name: string): unknown
}

/** How cells are compiled. */
export interface TslabOptions {
  /** Whether a file beside the notebook that changes is compiled again for the next cell. */
  readonly watch: boolean
}

/** Loads tslab with its compiler repaired. Cells are compiled in the current folder: tslab's compiler knows no other. */
export function loadTslab({ watch }: TslabOptions): Tslab {
  const require = createRequire(import.meta.url)
  const main = require.resolve('tslab')
  const ofTslab = createRequire(main)
  const part = (name: string) => ofTslab(join(main, '..', name))
  const lines = cellLines()
  const typescript = replaceCompiler(ofTslab, { watch, compiled: lines.compiled })
  nameScripts(lines)
  const { createConverter, isCompleteCode } = part('converter.js')
  const node = createConverter({ isJS: false, isBrowser: false })
  const converters = {
    node,
    get browser(): never {
      throw new Error('a cell marked @browser cannot run here; remove the mark')
    },
    close: () => node.close(),
  }
  return {
    versions: { tslab: part('util.js').getVersion(), typescript },
    jupyter: part('jupyter.js'),
    createExecutor: (folder, console) => part('executor.js').createExecutor(folder, converters, console),
    lines,
    isCompleteCode,
    describe: (info) => part('inspect.js').printQuickInfo(info),
    require: ofTslab,
  }
}

/** Puts the repaired compiler where tslab will find it. Returns its version. */
function replaceCompiler(ofTslab: NodeJS.Require, options: CompilerOptions): string {
  const file = ofTslab.resolve('@tslab/typescript-for-tslab')
  const original = ofTslab(file)
  const cached = ofTslab.cache[file]
  if (cached !== undefined) cached.exports = repairCompiler(original, options)
  return original.version
}

/** Cells are run as scripts: named, so that frames can be placed, and with `import()`, which Node refuses unless told how to resolve it. */
function nameScripts(lines: CellLines): void {
  const { runInThisContext } = vm
  vm.runInThisContext = (code, options) => {
    if (typeof options !== 'object' || !options.breakOnSigint) return runInThisContext(code, options)
    const loader = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
    const named = { ...options, filename: lines.running(code), importModuleDynamically: loader }
    return runInThisContext(code, named as vm.RunningCodeOptions)
  }
}
