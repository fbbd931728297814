import { InputError } from '../../errors.ts'

/** A place in a template, for messages. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** A token of an action. `spaced` tells whether white space stands before it: `.a.b` is one operand, `.a .b` are two. */
export interface Token {
  readonly kind: 'word' | 'field' | 'variable' | 'text' | 'number' | 'sign'
  readonly text: string
  readonly spaced: boolean
}

/** A template in pieces: text as it stands, and actions. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[]; readonly source: string; readonly place: Place }

/** Refuses a template, naming the place. */
export function refuseTemplate({ file, line }: Place, what: string): never {
  throw new InputError(`${file}:${line}: template: ${what}`)
}

const comment = /\{\{(-\s)?\s*\/\*[\s\S]*?\*\/(\s*-)?\s*\}\}/y
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['number', /[+-]?(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?)(?![\w])/iy],
  ['variable', /\$\w*/y],
  ['field', /\.[A-Za-z_]\w*/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /:=|[=|(),.]/y],
]

/**
 * Cuts a Go text/template into text and actions, with trim markers applied and comments dropped.
 *
 * @throws InputError for an action that never ends and for a character that no action may hold.
 */
export function lex(text: string, file: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let trim = false
  while (at < text.length) {
    const open = text.indexOf('{{', at)
    const literal = text.slice(at, open === -1 ? text.length : open)
    const trimsLeft = open !== -1 && /^\{\{-\s/.test(text.slice(open, open + 4))
    const kept = trim ? literal.trimStart() : literal
    pieces.push({ kind: 'text', text: trimsLeft ? kept.trimEnd() : kept })
    if (open === -1) return pieces
    const place = { file, line: text.slice(0, open).split('\n').length }
    const end = commentEnd(text, open) ?? lexAction(text, open, { place, pieces })
    trim = /\s-\}\}$/.test(text.slice(open, end)) || /\*\/-\}\}$/.test(text.slice(open, end))
    at = end
  }
  return pieces
}

function commentEnd(text: string, open: number): number | null {
  comment.lastIndex = open
  return comment.test(text) ? comment.lastIndex : null
}

/** Reads one action and returns where it ends. */
function lexAction(text: string, open: number, { place, pieces }: { place: Place; pieces: Piece[] }): number {
  const tokens: Token[] = []
  let at = open + (/^\{\{-\s/.test(text.slice(open, open + 4)) ? 3 : 2)
  for (;;) {
    const space = /^\s*/.exec(text.slice(at))?.[0].length ?? 0
    at += space
    const close = /^(-\}\}|\}\})/.exec(text.slice(at, at + 3))?.[0]
    if (close !== undefined && (close === '}}' || space > 0)) {
      pieces.push({ kind: 'action', tokens, source: text.slice(open, at + close.length), place })
      return at + close.length
    }
    if (at >= text.length) refuseTemplate(place, 'an action is never closed; write }}')
    const token = tokenAt(text, at, space > 0)
    if (token === null)
      refuseTemplate(place, `${quote(text.slice(open, at + 1))}: "${text[at]}" has no place in an action`)
    tokens.push(token)
    at += token.text.length
  }
}

function tokenAt(text: string, at: number, spaced: boolean): Token | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return { kind, text: found, spaced }
  }
  return null
}

/** An action as a message quotes it: on one line, and not long. */
export function quote(source: string): string {
  const line = source.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}
