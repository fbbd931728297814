/** An option of a command, as `node:util` parseArgs takes it, with its sentence for `--help`. */
export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  readonly about: string
  /** Name of the value in help: `ID`, `name=value`. */
  readonly value?: string
}

/** Options that mean the same in every command that has them. */
export const common = {
  param: {
    type: 'string',
    short: 'p',
    multiple: true,
    value: 'name=value',
    about: 'sets a parameter; may stand more than once',
  },
  seed: {
    type: 'string',
    value: 'N',
    about: 'the seed, a whole number from 0 (default: the one in the file or the record)',
  },
  runner: {
    type: 'string',
    value: 'NAME',
    about: 'where instances run (default: the one in the file, else sim where the plan simulates, else exec)',
  },
  runs: { type: 'string', value: 'DIR', about: 'folder of the runs (default: runs, at the root of the workspace)' },
  store: { type: 'string', value: 'URL', about: 'a folder, or s3://bucket/prefix?endpoint=…' },
  observe: {
    type: 'string',
    multiple: true,
    value: 'NAME=TO',
    about: 'tells an observer what happens while the run lives: influx=http://127.0.0.1:8086; may stand more than once',
  },
  json: { type: 'boolean', about: 'one JSON object on one line' },
} as const satisfies Readonly<Record<string, CommandOption>>

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
  /** Folders with the files of commands, to import as they are: sources when this code runs from source, else the `dist` of their package. */
  readonly commands: readonly string[]
  readonly plans: readonly string[]
  /** Folders with the files of observers, one each, to import as they are. */
  readonly observers: readonly string[]
}

/** A command of `hoplab`: the default export of one file in a `commands/` folder; the file imports what it needs only inside `run`. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** What stands between name and options in usage: `COMPOSITION`, `[RUN] --table NAME`; empty where it takes options alone, and then words are refused. */
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
