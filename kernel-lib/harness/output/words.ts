const linesKept = 32
const charactersKept = 1000

/** The last lines of a stream. */
export interface LastWords {
  add(line: string): void
  text(): string
}

/** Keeps the last 32 lines that it is given, 1000 characters of each, and before them the one that says what went wrong. */
export function lastWords(): LastWords {
  const lines: string[] = []
  let headline: string | null = null
  return {
    add(line) {
      lines.push(line.length > charactersKept ? `${line.slice(0, charactersKept)}…` : line)
      const gone = lines.length > linesKept ? lines.shift() : undefined
      if (gone !== undefined && isHeadline(gone)) headline = gone
    },
    text: () => [...(headline === null ? [] : [headline]), ...lines].join('\n'),
  }
}

/** Whether a line says what a Go program ends of, which its stacks follow. */
export function isHeadline(line: string): boolean {
  return /^(?:panic|fatal error): /.test(line)
}
