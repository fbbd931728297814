/** What an engine tells of a build. */
export interface BuildLog {
  take(text: string): void
  /** The step that failed, what the engine said and what was printed last; null where none did. */
  failure(): string | null
}

const linesKept = 20

/** Follows the answer of a build, one JSON object a line: a build that fails is told there, and nowhere else. */
export function buildLog(): BuildLog {
  let rest = ''
  let step = ''
  let error: string | null = null
  let printed: string[] = []

  function hear(line: string): void {
    const { stream = '', error: fault } = JSON.parse(line) as { stream?: string; error?: string }
    error ??= fault ?? null
    const begun = /^Step (\d+\/\d+ : .*)/.exec(stream)?.[1]
    if (begun !== undefined) {
      step = begun
      printed = []
    } else {
      const lines = stream
        .split('\n')
        .filter((one) => one.trim() !== '' && !/^ ---> |^Removing intermediate container /.test(one))
      printed = [...printed, ...lines].slice(-linesKept)
    }
  }

  return {
    take(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') hear(line)
    },
    failure() {
      if (rest.trim() !== '') hear(rest)
      rest = ''
      if (error === null) return null
      const head = step === '' ? error : `step ${step} failed: ${error}`
      return [head.trim(), ...printed.map((line) => `  ${line.trimEnd()}`)].join('\n')
    },
  }
}
