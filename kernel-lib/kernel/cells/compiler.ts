import type { SourceMapPayload } from 'node:module'
import { libraryPaths } from './library.ts'
import { type CreateProgram, type NameCompiler, shorthandRepair } from './shorthand.ts'

/** The parts of the TypeScript compiler inside tslab that are repaired. */
interface Compiler extends NameCompiler {
  readonly version: string
  readonly createEmitAndSemanticDiagnosticsBuilderProgram: CreateProgram
  readonly ModuleKind: { readonly Node16: number }
  readonly ModuleResolutionKind: { readonly Bundler: number; readonly Node16: number }
  readonly sys: { watchFile(path: string, changed: unknown, interval?: number): { close(): void } }
  createWatchCompilerHost(
    ...given: [
      roots: readonly string[],
      options: object,
      system: unknown,
      create: CreateProgram | null,
      ...rest: unknown[],
    ]
  ): unknown
  transpileModule(source: string, options: { compilerOptions: object }): { outputText: string; sourceMapText?: string }
}

/** What a kernel asks of the compiler. */
export interface CompilerOptions {
  /** Whether a file beside the notebook that changes is compiled again for the next cell. */
  readonly watch: boolean
  /** Told the source maps of each piece of code that was compiled, the last compilation's first. */
  readonly compiled: (maps: readonly SourceMapPayload[]) => void
}

/**
 * The compiler that tslab calls, with today's package resolution (`exports` maps), a library as new as the Node that runs it,
 * `./x.ts` as an import, `{ name }` for a name of an earlier cell, and `import()` left as it is, so that modules with a top-level await load.
 */
export function repairCompiler(original: Compiler, options: CompilerOptions): Compiler {
  const { createWatchCompilerHost, transpileModule } = original
  const names = shorthandRepair({ ...original })
  if (!options.watch) original.sys.watchFile = () => ({ close() {} })
  return {
    ...original,
    visitEachChild: names.visitEachChild,
    createWatchCompilerHost: (roots, given, system, create, ...rest) =>
      createWatchCompilerHost(
        roots,
        { ...given, ...checkOptions(original) },
        system,
        names.createProgram(create ?? original.createEmitAndSemanticDiagnosticsBuilderProgram),
        ...rest,
      ),
    transpileModule: (checked, given) => {
      const { code, map } = takeMap(checked)
      const emitted = transpileModule(code, {
        ...given,
        fileName: 'cell.cjs',
        compilerOptions: { ...given.compilerOptions, ...emitOptions(original) },
      } as { compilerOptions: object })
      options.compiled([JSON.parse(emitted.sourceMapText ?? '{}'), map])
      return { ...emitted, outputText: withoutExtensions(emitted.outputText.replace(mapComment, '')) }
    },
  }
}

const mapComment = /\/\/# sourceMappingURL=(?:data:application\/json;base64,)?(\S*)\s*$/

/** Code apart from the map that the compiler put at its end. */
function takeMap(code: string): { code: string; map: SourceMapPayload } {
  const text = mapComment.exec(code)?.[1] ?? ''
  return { code: code.replace(mapComment, ''), map: JSON.parse(Buffer.from(text, 'base64').toString() || '{}') }
}

function checkOptions(compiler: Compiler): object {
  return {
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    paths: libraryPaths(process.cwd()),
    inlineSourceMap: true,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  }
}

function emitOptions(compiler: Compiler): object {
  return {
    allowJs: true,
    sourceMap: true,
    module: compiler.ModuleKind.Node16,
    moduleResolution: compiler.ModuleResolutionKind.Node16,
  }
}

/** tslab keeps a compiled `x.ts` under `x.js`, and finds it by `./x`. */
function withoutExtensions(code: string): string {
  return code.replace(/\brequire\("(\.{1,2}\/[^"\n]*)\.ts"\)/g, 'require("$1")')
}
