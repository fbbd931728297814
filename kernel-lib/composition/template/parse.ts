import type { Expression, Node, Template } from './ast.ts'
import { lex, type Piece } from './lex.ts'
import { type Cursor, parseEnd, parsePipeline, peek, refuseAction, take } from './parse-expression.ts'

interface Parser {
  readonly pieces: readonly Piece[]
  readonly defined: Map<string, readonly Node[]>
  at: number
}

/** A body and the action that ended it: `else …`, `end`, or null at the end of the file. */
interface Body {
  readonly nodes: readonly Node[]
  readonly ender: Cursor | null
}

/**
 * Parses a Go text/template: text, pipelines, variables, if, else, with, range, break, continue, define, block and template.
 *
 * @throws InputError with line and construct for what it cannot read.
 */
export function parseTemplate(text: string, file: string): Template {
  const parser: Parser = { pieces: lex(text, file), defined: new Map(), at: 0 }
  const { nodes, ender } = parseBody(parser)
  if (ender !== null) refuseAction(ender, 'nothing is open here; remove it')
  return { body: nodes, defined: parser.defined }
}

function parseBody(parser: Parser): Body {
  const nodes: Node[] = []
  for (let piece = parser.pieces[parser.at]; piece !== undefined; piece = parser.pieces[parser.at]) {
    parser.at++
    if (piece.kind === 'text') {
      nodes.push(piece)
      continue
    }
    const cursor: Cursor = { tokens: piece.tokens, place: piece.place, source: piece.source, at: 0 }
    const word = peek(cursor)?.kind === 'word' ? peek(cursor)?.text : undefined
    if (word === 'end' || word === 'else') return { nodes, ender: cursor }
    nodes.push(...parseAction(parser, cursor, word))
  }
  return { nodes, ender: null }
}

function parseAction(parser: Parser, cursor: Cursor, word: string | undefined): readonly Node[] {
  switch (word) {
    case 'if':
    case 'with':
      return [parseBranch(parser, cursor, word)]
    case 'range':
      return [parseRange(parser, cursor)]
    case 'define':
      return parseDefine(parser, cursor)
    case 'block':
      return [parseBlock(parser, cursor)]
    case 'template':
      cursor.at++
      return [parseInclude(cursor)]
    case 'break':
    case 'continue':
      cursor.at++
      parseEnd(cursor)
      return [{ kind: word, ...at(cursor) }]
    default:
      return parsePrint(cursor)
  }
}

const at = ({ place, source }: Cursor) => ({ place, source })

function parsePrint(cursor: Cursor): readonly Node[] {
  if (cursor.tokens.length === 0) refuseAction(cursor, 'is empty; write a value in it')
  const [name, sign] = cursor.tokens
  const sets = name?.kind === 'variable' && (sign?.text === ':=' || sign?.text === '=')
  if (sets) cursor.at = 2
  const value = parsePipeline(cursor)
  parseEnd(cursor)
  return [
    sets
      ? { kind: 'set', name: name.text, declare: sign.text === ':=', value, ...at(cursor) }
      : { kind: 'print', value, ...at(cursor) },
  ]
}

function parseBranch(parser: Parser, cursor: Cursor, kind: 'if' | 'with'): Node {
  cursor.at++
  const [name = null] = parseNames(cursor)
  const value = parsePipeline(cursor)
  parseEnd(cursor)
  return { kind, name, value, ...parseBranches(parser, cursor), ...at(cursor) }
}

function parseRange(parser: Parser, cursor: Cursor): Node {
  cursor.at++
  const names = parseNames(cursor)
  const value = parsePipeline(cursor)
  parseEnd(cursor)
  const [key = null, item = null] = names.length === 1 ? [null, names[0]] : names
  return { kind: 'range', key, item, value, ...parseBranches(parser, cursor), ...at(cursor) }
}

/** `$x :=` or `$i, $x :=` before a pipeline; none where there is no `:=`. */
function parseNames(cursor: Cursor): readonly string[] {
  const end = cursor.tokens.findIndex((token) => token.kind === 'sign' && token.text === ':=')
  if (end === -1) return []
  const names = cursor.tokens.slice(cursor.at, end).filter((token) => token.text !== ',')
  if (names.length === 0 || names.length > 2 || names.some((token) => token.kind !== 'variable'))
    refuseAction(cursor, 'write one or two variables before :=, as in $i, $x :=')
  cursor.at = end + 1
  return names.map((token) => token.text)
}

/** The body of an action and what follows its `else`; `else if` and `else with` nest. */
function parseBranches(parser: Parser, opener: Cursor): { body: readonly Node[]; otherwise: readonly Node[] } {
  const { nodes: body, ender } = parseBody(parser)
  if (ender === null) return refuseAction(opener, 'is never closed; write {{ end }}')
  if (!take(ender, 'else')) {
    closeEnd(ender)
    return { body, otherwise: [] }
  }
  const word = peek(ender)?.text
  if (word === 'if' || word === 'with') return { body, otherwise: [parseBranch(parser, ender, word)] }
  parseEnd(ender)
  return { body, otherwise: parseClosed(parser, opener) }
}

function closeEnd(ender: Cursor): void {
  if (!take(ender, 'end')) refuseAction(ender, 'is not understood here; write {{ end }}')
  parseEnd(ender)
}

/** A body that only `end` may close. */
function parseClosed(parser: Parser, opener: Cursor): readonly Node[] {
  const { nodes, ender } = parseBody(parser)
  if (ender === null) return refuseAction(opener, 'is never closed; write {{ end }}')
  closeEnd(ender)
  return nodes
}

function parseDefine(parser: Parser, cursor: Cursor): readonly Node[] {
  cursor.at++
  const name = parseName(cursor)
  parseEnd(cursor)
  parser.defined.set(name, parseClosed(parser, cursor))
  return []
}

function parseBlock(parser: Parser, cursor: Cursor): Node {
  cursor.at++
  const include = parseInclude(cursor)
  if (include.value === null) return refuseAction(cursor, 'takes a value after its name; write a dot')
  parser.defined.set(include.name, parseClosed(parser, cursor))
  return include
}

function parseInclude(cursor: Cursor): Extract<Node, { kind: 'template' }> {
  const name = parseName(cursor)
  const value: Expression | null = peek(cursor) === undefined ? null : parsePipeline(cursor)
  parseEnd(cursor)
  return { kind: 'template', name, value, ...at(cursor) }
}

function parseName(cursor: Cursor): string {
  const token = peek(cursor)
  if (token?.kind !== 'text') return refuseAction(cursor, 'takes the name of a template in quotes')
  cursor.at++
  return token.text.slice(1, -1)
}
