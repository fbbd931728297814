import type { Expression } from './ast.ts'
import { type Place, quote, refuseTemplate, type Token } from './lex.ts'

/** Tokens of one action, taken from the front. */
export interface Cursor {
  readonly tokens: readonly Token[]
  readonly place: Place
  readonly source: string
  at: number
}

export function peek(cursor: Cursor): Token | undefined {
  return cursor.tokens[cursor.at]
}

/** Takes the next token when it is this one. */
export function take(cursor: Cursor, text: string): boolean {
  if (peek(cursor)?.text !== text || peek(cursor)?.kind === 'text') return false
  cursor.at++
  return true
}

export function refuseAction({ place, source }: Pick<Cursor, 'place' | 'source'>, what: string): never {
  return refuseTemplate(place, `${quote(source)}: ${what}`)
}

/** Reads a pipeline up to the end of the action or a closing parenthesis. */
export function parsePipeline(cursor: Cursor): Expression {
  let value = parseCommand(cursor, null)
  while (take(cursor, '|')) value = parseCommand(cursor, value)
  return value
}

/** Requires that nothing follows. */
export function parseEnd(cursor: Cursor): void {
  const left = peek(cursor)
  if (left !== undefined) refuseAction(cursor, `"${left.text}" is not understood here`)
}

/** One command: a value alone, or a function with its arguments, the value piped into it last. */
function parseCommand(cursor: Cursor, piped: Expression | null): Expression {
  const head = peek(cursor)
  const constants: readonly string[] = ['true', 'false', 'nil']
  if (head?.kind === 'word' && !constants.includes(head.text)) {
    cursor.at++
    const args: Expression[] = []
    while (startsOperand(peek(cursor))) args.push(parseOperand(cursor))
    return { kind: 'call', name: head.text, args: piped === null ? args : [...args, piped] }
  }
  const value = parseOperand(cursor)
  if (piped !== null) refuseAction(cursor, 'a value cannot take what is piped into it; write a function after "|"')
  if (startsOperand(peek(cursor))) refuseAction(cursor, `${peek(cursor)?.text} follows a value that takes no arguments`)
  return value
}

function startsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'sign' || token.text === '(' || token.text === '.')
}

function parseOperand(cursor: Cursor): Expression {
  let value = parsePlain(cursor)
  for (let next = peek(cursor); next?.kind === 'field' && !next.spaced; next = peek(cursor)) {
    cursor.at++
    value = { kind: 'field', of: value, name: next.text.slice(1) }
  }
  return value
}

function parsePlain(cursor: Cursor): Expression {
  const token = peek(cursor)
  if (token === undefined) return refuseAction(cursor, 'a value is missing')
  cursor.at++
  if (token.kind === 'field') return { kind: 'field', of: { kind: 'dot' }, name: token.text.slice(1) }
  if (token.kind === 'variable') return { kind: 'variable', name: token.text }
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) }
  if (token.kind === 'text') return { kind: 'literal', value: unquote(token.text, cursor) }
  if (token.kind === 'word') return parseWord(token.text)
  if (token.text === '.') return { kind: 'dot' }
  if (token.text !== '(') return refuseAction(cursor, `"${token.text}" is not understood here`)
  const value = parsePipeline(cursor)
  if (!take(cursor, ')')) refuseAction(cursor, 'a parenthesis is never closed; write )')
  return value
}

function parseWord(word: string): Expression {
  if (word === 'nil') return { kind: 'literal', value: undefined }
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
  return { kind: 'call', name: word, args: [] }
}

function unquote(text: string, cursor: Cursor): string {
  if (text.startsWith('`')) return text.slice(1, -1)
  try {
    return JSON.parse(text) as string
  } catch {
    return refuseAction(cursor, `${text} has an escape that is not supported; write it between backquotes`)
  }
}
