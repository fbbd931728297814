import type { Overrides } from './overrides.ts'

/** A comment to stand above a composition, which keeps what it was run with; empty where that is nothing. */
export function remark({ params, seed, runner }: Overrides): string {
  const said = [
    ...Object.entries(params ?? {}).map(([name, value]) => `-p ${name}=${JSON.stringify(value)}`),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(runner === undefined ? [] : [`--runner ${runner}`]),
  ]
  return said.length === 0 ? '' : `${opening}${said.join(' ')}\n`
}

/** A composition's text, and what the remark above it says that it was run with. */
export interface Remarked {
  readonly overrides: Overrides
  /** Without the remark. */
  readonly text: string
}

const opening = '# run with '

/** Takes the remark off a composition's text; overrides are empty where there is none. */
export function withoutRemark(source: string): Remarked {
  if (!source.startsWith(opening)) return { overrides: {}, text: source }
  const end = source.indexOf('\n')
  const line = end < 0 ? source : source.slice(0, end)
  return { overrides: said(line.slice(opening.length)), text: end < 0 ? '' : source.slice(end + 1) }
}

function said(words: string): Overrides {
  const params = [...words.matchAll(/-p (\S+?)=("(?:[^"\\]|\\.)*")/g)]
  const others = words.replace(/-p \S+?="(?:[^"\\]|\\.)*"/g, '')
  const seed = /--seed (\d+)/.exec(others)?.[1]
  const runner = /--runner (\S+)/.exec(others)?.[1]
  return {
    params: Object.fromEntries(params.map(([, name = '', value = '""']) => [name, JSON.parse(value) as string])),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(runner === undefined ? {} : { runner }),
  }
}
