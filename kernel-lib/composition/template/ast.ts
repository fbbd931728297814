import type { Place } from './lex.ts'

/** What stands in an action and has a value. A pipeline is calls in calls: `a | f x` is `f x a`. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'dot' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }

/** An action with its place and its source, for messages. */
interface At {
  readonly place: Place
  readonly source: string
}

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | ({ readonly kind: 'print'; readonly value: Expression } & At)
  | ({ readonly kind: 'set'; readonly name: string; readonly declare: boolean; readonly value: Expression } & At)
  | ({ readonly kind: 'if' | 'with'; readonly name: string | null; readonly value: Expression } & Branches & At)
  | ({
      readonly kind: 'range'
      readonly key: string | null
      readonly item: string | null
      readonly value: Expression
    } & Branches &
      At)
  | ({ readonly kind: 'template'; readonly name: string; readonly value: Expression | null } & At)
  | ({ readonly kind: 'break' | 'continue' } & At)

export type Action = Exclude<Node, { kind: 'text' }>

interface Branches {
  readonly body: readonly Node[]
  readonly otherwise: readonly Node[]
}

/** A template parsed: what it prints, and the templates that it defines. */
export interface Template {
  readonly body: readonly Node[]
  readonly defined: ReadonlyMap<string, readonly Node[]>
}
