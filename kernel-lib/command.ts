/** An option of a command, as `node:util` parseArgs takes it, with its sentence for `--help`. */
export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  readonly about: string
  /** Name of the value in help: `ID`, `name=value`. */
  readonly value?: string
}

/** What a command is given. */
export interface Invocation {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  /** Results: standard output. */
  readonly out: (line: string) => void
  /** Progress and warnings: standard error. */
  readonly err: (line: string) => void
  /** Aborted on SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /** Folder of the nearest package.json upward that has a `hoplab` key, where plans and commands are declared. */
  readonly workspace: Workspace
}

/** What package.json declares under `hoplab`, as absolute folders. */
export interface Workspace {
  readonly root: string
  readonly commands: readonly string[]
  readonly plans: readonly string[]
  readonly observers: readonly string[]
}

/** A command of `hoplab`: the default export of one file in a `commands/` folder; the file imports what it needs only inside `run`. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** After the name in usage: `COMPOSITION`, `RUN --table NAME`. */
  readonly usage: string
  readonly options: Readonly<Record<string, CommandOption>>
  /** Command lines that work, each with what it does. */
  readonly examples: readonly {
    readonly line: string
    readonly about: string
  }[]
  /** Resolves to the exit code: 0 success, 1 ended and not in success, 2 bad input, 3 something needed is not there, 130 interrupted. */
  run(invocation: Invocation): Promise<number>
}
