import type { Builder } from './builder.ts'
import { dockerGeneric } from './docker-generic.ts'
import { dockerNode } from './docker-node.ts'
import { execGo } from './exec-go.ts'
import { execNode } from './exec-node.ts'

const builders: Readonly<Record<string, Builder>> = {
  'exec:node': execNode,
  'exec:go': execGo,
  'docker:go': execGo,
  'docker:generic': dockerGeneric,
  'docker:node': dockerNode,
}

/** The builder of a name; null where there is none. */
export function builderOf(name: string): Builder | null {
  return builders[name] ?? null
}
