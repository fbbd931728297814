import { setTimeout as delay } from 'node:timers/promises'
import { hoplabVersion } from '../../version.ts'
import type { CellMessage } from '../cells/message.ts'
import type { CellSession } from '../cells/session.ts'
import type { Channel } from './sockets.ts'
import { type JupyterMessage, readMessage, writeMessage } from './wire.ts'

/** How long a failed cell waits for requests that are on their way, so that they are aborted with the others. */
const abortWindowMs = 100

/** Answers about code that is not run. */
export interface CodeAnswers {
  readonly language: { readonly version: string }
  complete(code: string, position: number): object
  inspect(code: string, position: number): object
  isComplete(code: string): object
}

/** What a kernel that speaks to Jupyter is made of. */
export interface JupyterServerOptions {
  readonly channels: Readonly<Record<'iopub' | 'shell' | 'control', Channel>>
  readonly key: string
  readonly answers: CodeAnswers
  /** Told when Jupyter asks the kernel to end, after the answer has left. */
  readonly onShutdown: () => void
}

interface Request {
  readonly message: JupyterMessage
  readonly channel: Channel
}

/** Jupyter's protocol over a session of cells. */
export class JupyterServer {
  readonly #options: JupyterServerOptions
  #session: CellSession | null = null
  #queue: Request[] = []
  #busy = false
  /** The request whose cell runs, or ran last: late output is its. */
  #parent: JupyterMessage | null = null

  constructor(options: JupyterServerOptions) {
    this.#options = options
  }

  /** Publishes what a cell tells. */
  publish(message: CellMessage): void {
    if (this.#parent !== null) this.#publish(message.type, message.content, this.#parent)
  }

  /** Begins to hear requests for the session. */
  serve(session: CellSession): void {
    this.#session = session
    const { shell, control } = this.#options.channels
    for (const channel of [shell, control]) {
      const heard = (frames: readonly Buffer[]): void =>
        this.#hear({ message: readMessage(frames, this.#options.key), channel })
      void channel.listen(heard, (error) => session.fail(error))
    }
  }

  #hear(request: Request): void {
    if (request.message.header.msg_type === 'execute_request') {
      this.#queue.push(request)
      if (!this.#busy) void this.#drain()
      return
    }
    this.#publish('status', { execution_state: 'busy' }, request.message)
    this.#answer(request)
    this.#publish('status', { execution_state: 'idle' }, request.message)
  }

  async #drain(): Promise<void> {
    this.#busy = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) await this.#execute(next)
    this.#busy = false
  }

  async #execute(request: Request): Promise<void> {
    const session = this.#session as CellSession
    const { code, silent, stop_on_error } = request.message.content
    this.#parent = request.message
    this.#publish('status', { execution_state: 'busy' }, request.message)
    if (silent !== true) this.#publish('execute_input', { code, execution_count: session.count + 1 }, request.message)
    const { status, executionCount, error } = await session.execute(String(code))
    const aborted = error !== null && stop_on_error !== false ? await this.#takeWaiting() : []
    const reply = { status, execution_count: executionCount }
    this.#reply(request, { ...reply, ...(error ?? { payload: [], user_expressions: {} }) })
    this.#publish('status', { execution_state: 'idle' }, request.message)
    for (const waiting of aborted) this.#abort(waiting)
  }

  /** Requests that were sent before the front end could know of an error. */
  async #takeWaiting(): Promise<readonly Request[]> {
    await delay(abortWindowMs)
    return this.#queue.splice(0)
  }

  #abort(request: Request): void {
    this.#publish('status', { execution_state: 'busy' }, request.message)
    this.#reply(request, { status: 'aborted' })
    this.#publish('status', { execution_state: 'idle' }, request.message)
  }

  #answer(request: Request): void {
    const content = this.#contentFor(request.message)
    if (content !== null) this.#reply(request, content)
    if (request.message.header.msg_type === 'shutdown_request')
      void request.channel.sent().then(this.#options.onShutdown)
  }

  /** What a request is answered with; null where Jupyter expects none. */
  #contentFor({ header, content }: JupyterMessage): object | null {
    try {
      return this.#askedContent(header.msg_type, content)
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      return { status: 'error', ename: error.name, evalue: error.message, traceback: [] }
    }
  }

  #askedContent(type: string, content: Record<string, unknown>): object | null {
    const code = String(content.code ?? '')
    const position = Number(content.cursor_pos ?? code.length)
    const { answers } = this.#options
    if (type === 'kernel_info_request') return kernelInfo(answers.language.version)
    if (type === 'complete_request') return answers.complete(code, position)
    if (type === 'inspect_request') return answers.inspect(code, position)
    if (type === 'is_complete_request') return answers.isComplete(code)
    if (type === 'comm_info_request') return { status: 'ok', comms: {} }
    if (type === 'history_request') return { status: 'ok', history: [] }
    if (type === 'shutdown_request') return { status: 'ok', restart: content.restart === true }
    if (type !== 'interrupt_request') return null
    this.#session?.interrupt()
    return { status: 'ok' }
  }

  #reply({ message, channel }: Request, content: object): void {
    const type = message.header.msg_type.replace('_request', '_reply')
    channel.send(writeMessage({ type, content, parent: message }, message.identities, this.#options.key))
  }

  #publish(type: string, content: object, parent: JupyterMessage): void {
    const frames = writeMessage({ type, content, parent }, [Buffer.from(type)], this.#options.key)
    this.#options.channels.iopub.send(frames)
  }
}

function kernelInfo(typescript: string): object {
  return {
    status: 'ok',
    protocol_version: '5.3',
    implementation: 'hoplab',
    implementation_version: hoplabVersion(),
    banner: `TypeScript ${typescript}, hoplab ${hoplabVersion()}`,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      nbconvert_exporter: 'script',
      codemirror_mode: { name: 'javascript', mode: 'typescript', typescript: true },
    },
    help_links: [],
  }
}
