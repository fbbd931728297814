import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { address, type Connection } from '../../../kernel-lib/kernel/jupyter/sockets.ts'
import { type JupyterMessage, readMessage, writeMessage } from '../../../kernel-lib/kernel/jupyter/wire.ts'
import { describe } from '../../suite.ts'
import { build } from './notebooks.ts'

const root = join(import.meta.dirname, '../../..')
const key = 'a key'
const front: JupyterMessage = { identities: [], header: { msg_type: 'none', session: 's', username: 'u' }, content: {} }

interface Socket extends AsyncIterable<Buffer[]> {
  connect(address: string): void
  subscribe(): void
  send(frames: readonly Buffer[]): Promise<void>
  close(): void
}

/** A front end on sockets of the file system: no port, no Python. */
class FrontEnd {
  readonly published: JupyterMessage[] = []
  readonly replies: JupyterMessage[] = []
  readonly #folder = mkdtempSync(join(tmpdir(), 'hoplab-kernel-'))
  readonly #kernel: ChildProcess
  readonly #shell: Socket
  readonly #iopub: Socket

  constructor() {
    const zeromq = createRequire(createRequire(import.meta.url).resolve('tslab'))('zeromq')
    const ports = { iopub_port: 1, shell_port: 2, control_port: 3, stdin_port: 4, hb_port: 5 }
    const connection: Connection = { transport: 'ipc', ip: join(this.#folder, 'k'), key, ...ports }
    const file = join(this.#folder, 'connection.json')
    writeFileSync(file, JSON.stringify(connection))
    const words = [
      '--disable-warning=ExperimentalWarning',
      join(root, 'kernel-lib/dist/kernel/jupyter/jupyter.js'),
      file,
    ]
    this.#kernel = spawn(process.execPath, words, { cwd: this.#folder, stdio: 'inherit' })
    this.#shell = new zeromq.Dealer()
    this.#iopub = new zeromq.Subscriber()
    this.#shell.connect(address(connection, 2))
    this.#iopub.connect(address(connection, 1))
    this.#iopub.subscribe()
    void this.#read(this.#shell, this.replies)
    void this.#read(this.#iopub, this.published)
  }

  /** Sends requests at once and resolves to their replies. */
  async ask(...requests: readonly { type: string; content: object }[]): Promise<Record<string, unknown>[]> {
    const from = this.replies.length
    for (const { type, content } of requests)
      await this.#shell.send(writeMessage({ type, content, parent: front }, [], key))
    while (this.replies.length < from + requests.length) await new Promise((resolve) => setTimeout(resolve, 20))
    return this.replies.slice(from).map((reply) => reply.content)
  }

  /** Resolves when the kernel has ended after it was asked to. */
  async end(): Promise<number | null> {
    const ended = once(this.#kernel, 'exit')
    await this.ask({ type: 'shutdown_request', content: { restart: false } })
    const [code] = (await ended) as [number | null]
    this.#shell.close()
    this.#iopub.close()
    rmSync(this.#folder, { recursive: true })
    return code
  }

  async #read(socket: Socket, into: JupyterMessage[]): Promise<void> {
    for await (const frames of socket) into.push(readMessage(frames, key))
  }
}

const execute = (code: string) => ({ type: 'execute_request', content: { code } })

describe("Jupyter's protocol", (test) => {
  test('a message whose signature is wrong is refused', () => {
    const frames = writeMessage({ type: 'kernel_info_request', content: { a: 1 }, parent: front }, [], key)
    assert.equal(readMessage(frames, key).content, { a: 1 })
    assert.throws(() => readMessage(frames, 'another key'), /signature is wrong/)
    assert.throws(() => readMessage(frames.slice(0, 2), key), /without delimiter or parts/)
  })

  test('a kernel answers, publishes in order, aborts what waits behind an error, and ends', async () => {
    build()
    const client = new FrontEnd()
    const [info] = await client.ask({ type: 'kernel_info_request', content: {} })
    assert.equal([info?.status, info?.implementation], ['ok', 'hoplab'])
    // A subscription takes a moment to arrive, and what is published before is lost to it.
    while (client.published.length === 0) await client.ask({ type: 'kernel_info_request', content: {} })

    client.published.length = 0
    const [done] = await client.ask(execute(`for (let i = 0; i < 1000; i++) console.log(i)\n'end'`))
    assert.equal([done?.status, done?.execution_count], ['ok', 1])
    await client.ask({ type: 'history_request', content: {} })
    const types = client.published.map((message) => message.header.msg_type)
    const changes = types.filter((type, index) => type !== types[index - 1])
    assert.equal(changes.slice(0, 5), ['status', 'execute_input', 'stream', 'execute_result', 'status'])

    const [failed, aborted] = await client.ask(
      execute(`await new Promise((resolve) => setTimeout(resolve, 200)); throw new Error('first')`),
      execute(`'second'`),
    )
    assert.equal([failed?.status, failed?.evalue, aborted?.status], ['error', 'first', 'aborted'])
    assert.is((await client.ask(execute(`'third'`)))[0]?.status, 'ok')
    assert.is(await client.end(), 0)
  })
})
