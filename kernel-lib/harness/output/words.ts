const linesKept = 32
const charactersKept = 1000

/** The last lines of a stream. */
export interface LastWords {
  add(line: string): void
  text(): string
}

/** Keeps the last 32 lines that it is given, 1000 characters of each. */
export function lastWords(): LastWords {
  const lines: string[] = []
  return {
    add(line) {
      lines.push(line.length > charactersKept ? `${line.slice(0, charactersKept)}…` : line)
      if (lines.length > linesKept) lines.shift()
    },
    text: () => lines.join('\n'),
  }
}
