import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import * as assert from 'uvu/assert'
import { describe } from './suite.ts'

const root = resolve(import.meta.dirname, '..')
const packages: Readonly<Record<string, string>> = {
  hoplab: 'kernel-lib',
  '@hoplab/collectors': 'collectors',
  '@hoplab/publish': 'publish',
  '@hoplab/sdk': 'plans/sdk',
  '@hoplab/libp2p': 'plans/libp2p',
}
/** Higher may import lower and its own; the leaves that all of kernel-lib shares stand lowest of it. */
const ranks: readonly (readonly string[])[] = [
  ['plans/sdk'],
  ['kernel-lib/models'],
  ['kernel-lib/errors.ts', 'kernel-lib/command.ts', 'kernel-lib/version.ts'],
  ['kernel-lib/composition'],
  ['kernel-lib/sync', 'kernel-lib/network'],
  ['kernel-lib/store', 'kernel-lib/harness'],
  ['kernel-lib/run'],
  ['kernel-lib/tables'],
  ['kernel-lib/stats'],
  ['kernel-lib/figures', 'kernel-lib/cli', 'kernel-lib/kernel'],
  ['kernel-lib/index.ts'],
  ['collectors', 'publish'],
]
const sources = ['plans', 'kernel-lib', 'collectors', 'publish'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.c?ts$/.test(path) && !/(^|\/)(dist|node_modules)\//.test(path) && !path.endsWith('.d.ts'))
    .map((path) => join(folder, path)),
)

/** Every module that a file names: static, exported from, dynamic, and `import('x')` types. */
function imported(file: string): string[] {
  const names: string[] = []
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined
    if (named !== undefined && ts.isStringLiteral(named)) names.push(named.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest))
  return names
}

/** The file or folder of ours that a module name means, or null for others' packages. */
function ours(from: string, name: string): string | null {
  if (name.startsWith('.')) return relative(root, resolve(root, dirname(from), name))
  const [owner] = Object.keys(packages).filter((known) => name === known || name.startsWith(`${known}/`))
  if (owner !== undefined)
    return name === owner ? `${packages[owner]}/index.ts` : join(packages[owner] ?? '', name.slice(owner.length + 1))
  return name.startsWith('@hoplab/plan-') ? name.replace('@hoplab/plan-', 'plans/') : null
}

const inside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)
const rank = (path: string): number => ranks.findIndex((folders) => folders.some((folder) => inside(path, folder)))
const isPlan = (path: string): boolean =>
  inside(path, 'plans') && !inside(path, 'plans/sdk') && !inside(path, 'plans/libp2p')

function fault(from: string, to: string): string | null {
  if (dirname(from) === dirname(to)) return null
  if (inside(from, 'plans/sdk')) return inside(to, 'plans/sdk') ? null : 'the sdk is a leaf'
  if (inside(from, 'plans/libp2p'))
    return inside(to, 'plans/libp2p') || inside(to, 'plans/sdk') ? null : 'plans/libp2p sees only plans/sdk'
  if (isPlan(from)) {
    const own = from.split('/').slice(0, 2).join('/')
    return inside(to, own) || inside(to, 'plans/libp2p') || inside(to, 'plans/sdk')
      ? null
      : 'a plan sees only itself, plans/libp2p and plans/sdk'
  }
  const [a, b] = [rank(from), rank(to)]
  if (b === -1) return `${to} has no rank that ${from} may import`
  if ((inside(from, 'publish') && inside(to, 'collectors')) || (inside(from, 'collectors') && inside(to, 'publish')))
    return 'siblings'
  return a >= b ? null : `${from} is below ${to}`
}

const edges = sources.flatMap((from) =>
  imported(from).flatMap((name) => {
    const to = ours(from, name)
    return to === null ? [] : [{ from, to }]
  }),
)

describe('imports', (test) => {
  test('there are imports to judge', () => {
    assert.ok(sources.length > 20 && edges.length > 20, `${sources.length} files, ${edges.length} imports`)
  })

  test('point one way', () => {
    assert.equal(
      edges.map(({ from, to }) => [from, to, fault(from, to)] as const).filter(([, , found]) => found !== null),
      [],
    )
  })

  test('name files that are there', () => {
    const missing = edges.filter(
      ({ to }) => !/\.(js|cjs)$/.test(to) && !statSync(join(root, to), { throwIfNoEntry: false }),
    )
    assert.equal(missing, [])
  })

  test('make no cycle', () => {
    const next = new Map<string, string[]>()
    for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
    const state = new Map<string, 'open' | 'done'>()
    const walk = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return
      assert.is.not(state.get(file), 'open', `cycle: ${[...trail, file].join(' -> ')}`)
      state.set(file, 'open')
      for (const to of next.get(file) ?? []) walk(to, [...trail, file])
      state.set(file, 'done')
    }
    for (const file of next.keys()) walk(file, [])
  })
})
