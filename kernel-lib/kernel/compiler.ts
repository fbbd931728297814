/** The parts of the TypeScript compiler inside tslab that are repaired. */
interface Compiler {
  readonly version: string
  readonly ModuleKind: { readonly Node16: number }
  readonly ModuleResolutionKind: { readonly Bundler: number; readonly Node16: number }
  readonly sys: { watchFile(path: string, changed: unknown, interval?: number): { close(): void } }
  createWatchCompilerHost(roots: readonly string[], options: object, ...rest: unknown[]): unknown
  transpileModule(source: string, options: { compilerOptions: object }): { outputText: string }
}

/** What a kernel asks of the compiler. */
export interface CompilerOptions {
  /** Whether a file beside the notebook that changes is compiled again for the next cell. */
  readonly watch: boolean
}

/**
 * The compiler that tslab calls, with today's package resolution (`exports` maps), a library as new as the Node that runs it,
 * `./x.ts` as an import, and `import()` left as it is, so that modules with a top-level await load.
 */
export function repairCompiler(original: Compiler, options: CompilerOptions): Compiler {
  const { createWatchCompilerHost, transpileModule } = original
  if (!options.watch) original.sys.watchFile = () => ({ close() {} })
  return {
    ...original,
    createWatchCompilerHost: (roots, given, ...rest) =>
      createWatchCompilerHost(roots, { ...given, ...checkOptions(original) }, ...rest),
    transpileModule: (source, given) => {
      const emitted = transpileModule(source, {
        ...given,
        fileName: 'cell.cjs',
        compilerOptions: { ...given.compilerOptions, ...emitOptions(original) },
      } as { compilerOptions: object })
      return { ...emitted, outputText: withoutExtensions(emitted.outputText) }
    },
  }
}

function checkOptions(compiler: Compiler): object {
  return {
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  }
}

function emitOptions(compiler: Compiler): object {
  return {
    allowJs: true,
    module: compiler.ModuleKind.Node16,
    moduleResolution: compiler.ModuleResolutionKind.Node16,
  }
}

/** tslab keeps a compiled `x.ts` under `x.js`, and finds it by `./x`. */
function withoutExtensions(code: string): string {
  return code.replace(/\brequire\("(\.{1,2}\/[^"\n]*)\.ts"\)/g, 'require("$1")')
}
