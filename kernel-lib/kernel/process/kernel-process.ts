import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AbsentError } from '../../errors.ts'
import { libraryEnvironment } from '../cells/library.ts'
import type { CellMessage, CellReply, FromKernel, ToKernel } from '../cells/message.ts'
import { descendants, killAll, killTree } from './processes.ts'

/** How long an interrupted cell may take to end before its process is killed. */
const interruptGraceMs = 5_000
/** How long a process that was told to end may take. */
const endGraceMs = 1_000
const startLimitMs = 60_000

/** How a cell ended, seen from outside: its own reply, or why there is none. */
export type CellEnd =
  | { readonly kind: 'reply'; readonly reply: CellReply }
  | { readonly kind: 'ended'; readonly how: string; readonly lastWords: string }

/** A process that runs the cells of one notebook. */
export class KernelProcess {
  readonly versions: Readonly<Record<string, string>>
  readonly #child: ChildProcess
  readonly #ended: Promise<string>
  #onOutput: (message: CellMessage, cell: number) => void = () => {}
  #onReply: (reply: CellReply) => void = () => {}
  #cell = 0
  #lastWords = ''

  /** Starts the process in `folder`, the one that cells import from. Resolves once it can compile. */
  static async start(folder: string, onOutput: (message: CellMessage, cell: number) => void): Promise<KernelProcess> {
    const child = fork(program(), [], {
      cwd: folder,
      env: { ...process.env, ...libraryEnvironment() },
      // A group of its own, so that Ctrl-C reaches the launcher alone and one kill reaches all that cells started.
      detached: true,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const versions = await ready(child)
    return new KernelProcess(child, versions, onOutput)
  }

  private constructor(
    child: ChildProcess,
    versions: Readonly<Record<string, string>>,
    onOutput: (message: CellMessage, cell: number) => void,
  ) {
    this.#child = child
    this.versions = versions
    this.#onOutput = onOutput
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    })
    child.on('message', (message: FromKernel) => this.#take(message))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#inherited('stdout', text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#inherited('stderr', text))
    process.once('exit', this.#kill)
  }

  /** Runs a cell; `number` is what its messages are told apart by. */
  async execute(code: string, number: number): Promise<CellEnd> {
    this.#cell = number
    const replied = new Promise<CellReply>((resolve) => {
      this.#onReply = resolve
    })
    this.#send({ type: 'execute', cell: number, code })
    return Promise.race([
      replied.then((reply): CellEnd => ({ kind: 'reply', reply })),
      this.#ended.then((how): CellEnd => ({ kind: 'ended', how, lastWords: this.#lastWords })),
    ])
  }

  /** Interrupts the running cell, and kills the process where the cell does not end within 5 s. */
  interrupt(): void {
    this.#child.kill('SIGINT')
    const timer = setTimeout(this.#kill, interruptGraceMs)
    void this.#ended.then(() => clearTimeout(timer))
  }

  /** Ends the process and all that it and its cells started. Resolves when nothing of it is left. */
  async end(): Promise<void> {
    const started = descendants(this.#child.pid as number)
    this.#send({ type: 'end' })
    const timer = setTimeout(this.#kill, endGraceMs)
    await this.#ended
    clearTimeout(timer)
    killAll(started)
    this.#kill()
    process.off('exit', this.#kill)
  }

  readonly #kill = (): void => killTree(this.#child.pid as number)

  #send(message: ToKernel): void {
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #take(message: FromKernel): void {
    if (message.type === 'output') this.#onOutput(message.message, message.cell)
    if (message.type === 'reply') this.#onReply(message.reply)
  }

  /** What a program that a cell started with inherited streams prints, and what Node itself says when it dies. */
  #inherited(name: 'stdout' | 'stderr', text: string): void {
    this.#lastWords = `${this.#lastWords}${text}`.slice(-2_000)
    this.#onOutput({ type: 'stream', content: { name, text } }, this.#cell)
  }
}

/** Cells run compiled code, as everything that they import does. */
function program(): string {
  const here = fileURLToPath(import.meta.url)
  const file = here.endsWith('.ts')
    ? fileURLToPath(new URL('../../dist/kernel/process/child.js', import.meta.url))
    : fileURLToPath(new URL('./child.js', import.meta.url))
  if (existsSync(file)) return file
  throw new AbsentError(`${file}: is not there; compile it with: npm run build`)
}

function ready(child: ChildProcess): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    let words = ''
    const fail = (how: string): void => {
      killTree(child.pid as number)
      reject(new Error(`the process for cells did not start: ${how}\n${words}`))
    }
    const hear = (text: Buffer): void => {
      words += text
    }
    const exited = (code: number | null, signal: string | null): void => fail(signal ?? `exit code ${code}`)
    const timer = setTimeout(() => fail(`nothing heard for ${startLimitMs / 1000} s`), startLimitMs)
    child.stderr?.on('data', hear)
    child.once('exit', exited)
    child.once('error', reject)
    child.once('message', (message: FromKernel) => {
      clearTimeout(timer)
      child.off('exit', exited)
      child.stderr?.off('data', hear)
      if (message.type === 'ready') resolve(message.versions)
    })
  })
}
