import type { Command, CommandOption } from '../command.ts'

const firstSteps = [
  ['hoplab run plans/dht/compositions/find-peers-40.toml', 'runs 40 DHT nodes on this machine'],
  ['hoplab show', 'says what the newest run found'],
  ['hoplab notebook run notebooks/dht-lookups.ipynb --publish', 'runs a notebook and makes its page'],
] as const

const widest = 100

/** What `hoplab --help` prints: lines that work, then every command. */
export function overview(commands: readonly Command[]): string {
  return [
    'hoplab: experiments on DHT and bitswap behaviour, from a cell to a page',
    '',
    ...columns(firstSteps),
    '',
    'commands',
    ...columns(commands.map((command) => [command.name, command.summary] as const)),
    '',
    'hoplab COMMAND --help shows examples and options',
    'exit codes: 0 success, 1 not a success, 2 bad input, 3 something is missing, 130 interrupted',
  ].join('\n')
}

/** What `hoplab COMMAND --help` prints: examples first, then usage and options. */
export function commandHelp(command: Command): string {
  const examples = command.examples.map((example) => [example.line, example.about] as const)
  const options = Object.entries(command.options).map(
    ([name, option]) => [optionForm(name, option), option.about] as const,
  )
  return [
    `hoplab ${command.name}: ${command.summary}`,
    '',
    ...columns(examples),
    '',
    `usage: ${['hoplab', command.name, command.usage, '[options]'].filter(Boolean).join(' ')}`,
    ...columns([...options, ['-h, --help', 'this text'] as const]),
  ].join('\n')
}

function optionForm(name: string, option: CommandOption): string {
  const short = option.short === undefined ? '' : `-${option.short}, `
  const value = option.type === 'boolean' ? '' : ` ${option.value ?? 'VALUE'}`
  return `${short}--${name}${value}`
}

type Rows = readonly (readonly [string, string])[]

/** Two columns, the first as wide as its longest cell; where that leaves too little for the second, it stands below the first. */
function columns(rows: Rows): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 5
  if (width > widest / 2 && rows.some(([, right]) => width + right.length > widest))
    return rows.flatMap(([left, right]) => [`  ${left}`, ...wrapped(right, 6)])
  return rows.flatMap(([left, right]) => {
    const [first = '', ...more] = wrapped(right, width)
    return [`  ${left}`.padEnd(width) + first.slice(width), ...more]
  })
}

/** Lines of at most 100 characters that begin with so many spaces, broken between words. */
function wrapped(text: string, indent: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= widest) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(' '.repeat(indent) + word)
  }
  return lines
}
