/** What a Dockerfile says of the images that it needs. */
export interface Dockerfile {
  /** Names that it declares with ARG before its first FROM. */
  readonly declared: readonly string[]
  /** Images that it takes: those that it begins with, and those that it copies from. */
  readonly images: readonly string[]
}

/** Reads a Dockerfile as far as to know which images it needs, given build arguments; an image that cannot be known from it is left out. */
export function readDockerfile(text: string, args: Readonly<Record<string, string>>): Dockerfile {
  const values = new Map<string, string>()
  const declared: string[] = []
  const stages = new Set(['scratch'])
  const images: string[] = []
  const take = (name: string): void => {
    const image = substituted(name, values)
    if (image !== '' && !stages.has(image) && !/^\d+$/.test(image)) images.push(image)
  }
  let begun = false
  for (const [instruction, rest] of instructionsOf(text)) {
    if (instruction === 'ARG' && !begun)
      for (const { name, value } of argumentsIn(rest)) {
        declared.push(name)
        values.set(name, args[name] ?? substituted(value, values))
      }
    if (instruction === 'FROM') {
      begun = true
      const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'))
      take(words[0] ?? '')
      if (/^as$/i.test(words[1] ?? '')) stages.add(words[2] ?? '')
    }
    const from = /^(?:COPY|ADD)$/.test(instruction) ? /(?:^|\s)--from=(\S+)/.exec(rest)?.[1] : undefined
    if (from !== undefined) take(from)
  }
  return { declared, images: [...new Set(images)] }
}

/** Instructions with what follows them, lines joined that end with a backslash. */
function instructionsOf(text: string): readonly (readonly [string, string])[] {
  const plain = text.split('\n').filter((line) => !/^\s*#/.test(line))
  const joined = plain.join('\n').replace(/\\[ \t\r]*\n/g, ' ')
  return joined.split('\n').flatMap((line): [string, string][] => {
    const [, word = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line.trimEnd()) ?? []
    return word === '' ? [] : [[word.toUpperCase(), rest]]
  })
}

function argumentsIn(rest: string): readonly { name: string; value: string }[] {
  return [...rest.matchAll(/([A-Za-z_]\w*)(?:=("[^"]*"|'[^']*'|\S*))?/g)].map(([, name = '', value = '']) => ({
    name,
    value: value.replace(/^(["'])(.*)\1$/, '$2'),
  }))
}

/** Text with its variables in place: `$NAME`, `${NAME}`, `${NAME:-default}`. */
function substituted(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (_, bare?: string, braced?: string, otherwise = '') => values.get(bare ?? braced ?? '') || otherwise,
  )
}
