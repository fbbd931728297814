import { InputError } from '../../errors.ts'
import { suggest } from '../nearest.ts'
import { isTable } from '../toml.ts'
import type { Action, Expression, Node, Template } from './ast.ts'
import { show } from './format.ts'
import { functionsOf, type TemplateData, truth } from './functions.ts'
import { quote } from './lex.ts'
import { parseTemplate } from './parse.ts'
import { refuseAction } from './parse-expression.ts'

/** A template carried out. */
export interface Expanded {
  readonly text: string
  /** Values that were asked for and are not set; Go prints them as `<no value>`, and so do we. */
  readonly warnings: readonly string[]
}

interface World {
  readonly template: Template
  readonly functions: ReturnType<typeof functionsOf>
  readonly out: string[]
  readonly warnings: string[]
  readonly depth: number
}

interface Scope {
  readonly dot: unknown
  readonly variables: Map<string, unknown>
  readonly outer: Scope | null
}

const deepest = 100

/**
 * Expands a Testground composition: Go text/template with `.Env` and Testground's functions.
 *
 * @throws InputError with line and construct.
 */
export function expandTemplate(text: string, file: string, data: TemplateData): Expanded {
  const template = parseTemplate(text, file)
  const world: World = { template, functions: functionsOf(data), out: [], warnings: [], depth: 0 }
  run(template.body, rootScope({ Env: data.env }), world)
  return { text: world.out.join(''), warnings: world.warnings }
}

const rootScope = (data: unknown): Scope => ({ dot: data, variables: new Map([['$', data]]), outer: null })

const within = (outer: Scope, dot: unknown, variables: readonly (readonly [string | null, unknown])[] = []): Scope => ({
  dot,
  variables: new Map(variables.flatMap(([name, value]) => (name === null ? [] : [[name, value]]))),
  outer,
})

/** Carries out a body; tells when a `break` or `continue` ended it early. */
function run(nodes: readonly Node[], scope: Scope, world: World): 'break' | 'continue' | null {
  for (const node of nodes) {
    if (node.kind === 'text') {
      world.out.push(node.text)
      continue
    }
    const stopped = act(node, scope, world)
    if (stopped !== null) return stopped
  }
  return null
}

function act(node: Action, scope: Scope, world: World): 'break' | 'continue' | null {
  switch (node.kind) {
    case 'print':
      print(node, scope, world)
      return null
    case 'set':
      set(node, scope, world)
      return null
    case 'if':
    case 'with':
      return branch(node, scope, world)
    case 'range':
      range(node, scope, world)
      return null
    case 'template':
      include(node, scope, world)
      return null
    default:
      return node.kind
  }
}

function print(node: Extract<Node, { kind: 'print' }>, scope: Scope, world: World): void {
  const value = evaluate(node.value, { scope, world, node })
  if (value === undefined || value === null)
    world.warnings.push(
      `${node.place.file}:${node.place.line}: template: ${quote(node.source)}: is not set, printed as <no value>`,
    )
  world.out.push(show(value))
}

function set(node: Extract<Node, { kind: 'set' }>, scope: Scope, world: World): void {
  const value = evaluate(node.value, { scope, world, node })
  const owner = node.declare ? scope : scopeOf(node.name, scope)
  if (owner === null) refuseAction(node, `${node.name} is not declared; write ${node.name} := first`)
  owner.variables.set(node.name, value)
}

function scopeOf(name: string, scope: Scope | null): Scope | null {
  return scope === null || scope.variables.has(name) ? scope : scopeOf(name, scope.outer)
}

function branch(node: Extract<Node, { kind: 'if' | 'with' }>, scope: Scope, world: World): 'break' | 'continue' | null {
  const value = evaluate(node.value, { scope, world, node })
  const inner = within(scope, node.kind === 'with' && truth(value) ? value : scope.dot, [[node.name, value]])
  return run(truth(value) ? node.body : node.otherwise, inner, world)
}

function range(node: Extract<Node, { kind: 'range' }>, scope: Scope, world: World): void {
  const items = itemsOf(evaluate(node.value, { scope, world, node }), node)
  if (items.length === 0) run(node.otherwise, within(scope, scope.dot), world)
  for (const [key, item] of items) {
    const inner = within(scope, item, [
      [node.key, key],
      [node.item, item],
    ])
    if (run(node.body, inner, world) === 'break') return
  }
}

function itemsOf(value: unknown, node: Action): readonly (readonly [unknown, unknown])[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return [...value.entries()]
  if (isTable(value)) return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return refuseAction(node, `range takes a list or a table, not ${show(value)}; for text write range split .Env.NAME`)
}

function include(node: Extract<Node, { kind: 'template' }>, scope: Scope, world: World): void {
  const body = world.template.defined.get(node.name)
  const names = [...world.template.defined.keys()]
  if (body === undefined) refuseAction(node, `no template "${node.name}"; ${suggest(node.name, names, 'there are')}`)
  if (world.depth >= deepest) refuseAction(node, `templates include each other more than ${deepest} deep`)
  const data = node.value === null ? undefined : evaluate(node.value, { scope, world, node })
  run(body, rootScope(data), { ...world, depth: world.depth + 1 })
}

interface Evaluation {
  readonly scope: Scope
  readonly world: World
  readonly node: Action
}

function evaluate(expression: Expression, at: Evaluation): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'dot':
      return at.scope.dot
    case 'variable': {
      const owner = scopeOf(expression.name, at.scope)
      return owner === null
        ? refuseAction(at.node, `${expression.name} is not declared`)
        : owner.variables.get(expression.name)
    }
    case 'field':
      return field(evaluate(expression.of, at), expression.name, at)
    case 'call':
      return call(expression, at)
  }
}

function field(value: unknown, name: string, { node }: Evaluation): unknown {
  if (value === undefined || value === null) return undefined
  if (isTable(value)) return Object.hasOwn(value, name) ? value[name] : undefined
  return refuseAction(node, `${show(value)} has no field .${name}`)
}

function call({ name, args }: Extract<Expression, { kind: 'call' }>, at: Evaluation): unknown {
  if (name === 'and' || name === 'or') return shortCircuit(name, args, at)
  const known = at.world.functions.get(name)
  if (known === undefined) {
    const names = [...at.world.functions.keys(), 'and', 'or']
    return refuseAction(at.node, `function ${name} is not supported; ${suggest(name, names, 'there are')}`)
  }
  const values = args.map((arg) => evaluate(arg, at))
  try {
    return known(...values)
  } catch (error) {
    return refuseAction(at.node, error instanceof InputError ? error.message : `${name}: ${(error as Error).message}`)
  }
}

function shortCircuit(name: 'and' | 'or', args: readonly Expression[], at: Evaluation): unknown {
  let value: unknown
  for (const arg of args) {
    value = evaluate(arg, at)
    if (truth(value) === (name === 'or')) return value
  }
  return value
}
