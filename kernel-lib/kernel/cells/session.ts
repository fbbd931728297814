import { setImmediate as tick } from 'node:timers/promises'
import type { MimeBundle } from '../document/notebook.ts'
import { type Complaint, cellError, thrownError } from './cell-error.ts'
import { checkBundle, represent } from './display.ts'
import type { CellError, CellMessage, CellReply, DisplayContent } from './message.ts'
import { type Printed, takeOutput } from './output.ts'
import type { Executor, Tslab } from './tslab.ts'

/** How long a cell that listens to its signal may take to end by itself after an interrupt. */
const listenerGraceMs = 3_000

/** What is known of the cell that runs. */
interface Running {
  readonly complaints: Complaint[]
  readonly stop: AbortController
  result: { readonly value: unknown } | null
  /** Whether something in the cell asked for its signal. */
  listened: boolean
  uncaught: CellError | null
}

/**
 * Cells of one notebook, run one after another in this process, whose output it takes.
 * A cell finds `hoplab.display` (shows a MIME bundle) and `hoplab.signal` (aborted when the cell is interrupted) under
 * their `Symbol.for` on `globalThis`.
 */
export class CellSession {
  readonly #emit: (message: CellMessage) => void
  readonly #tslab: Tslab
  /** Answers about code; cells are run by `execute`. */
  readonly executor: Pick<Executor, 'complete' | 'inspect'>
  readonly #executor: Executor
  readonly #printed: Printed
  #cell: Running | null = null
  #count = 0

  constructor(tslab: Tslab, emit: (message: CellMessage) => void) {
    this.#tslab = tslab
    this.#emit = emit
    this.#printed = takeOutput((name, text) => emit({ type: 'stream', content: { name, text } }))
    this.#executor = tslab.createExecutor(process.cwd(), {
      log: (value) => {
        if (this.#cell !== null) this.#cell.result = { value }
      },
      error: (...values) => this.#cell?.complaints.push(values),
    })
    this.executor = this.#executor
    offer('hoplab.display', (data: MimeBundle, { id, update }: { id: string; update: boolean }) =>
      this.#display({ data, metadata: {}, transient: { display_id: id } }, update),
    )
    offer('hoplab.signal', () => this.#signal())
  }

  /** The number of the cell that runs, or else of the last that ran. */
  get count(): number {
    return this.#count
  }

  /** Runs a cell; all its messages have been emitted when it resolves. One at a time. Never rejects. */
  async execute(code: string): Promise<CellReply & { readonly error: CellError | null }> {
    const cell = { complaints: [], stop: new AbortController(), result: null, listened: false, uncaught: null }
    this.#cell = cell
    this.#count += 1
    this.#tslab.lines.begin(this.#count)
    this.#tslab.jupyter.lastWriteDisplayData = (content, update) => this.#display(content, update)
    const error = await this.#run(cell, code)
    this.#cell = null
    if (error === null) this.#printed.flush()
    else this.#show({ type: 'error', content: error })
    return { status: error === null ? 'ok' : 'error', executionCount: this.#count, error }
  }

  /** Ends the running cell: its signal aborts, then its top-level `await` rejects. */
  interrupt(): void {
    const cell = this.#cell
    if (cell === null) return
    cell.stop.abort(interruption())
    const reject = (): void => {
      if (this.#cell === cell) this.#executor.interrupt()
    }
    if (cell.listened) setTimeout(reject, listenerGraceMs)
    else reject()
  }

  /** Fails the running cell with something that nothing caught. */
  fail(thrown: unknown): void {
    const error = thrownError(thrown, this.#tslab.lines)
    if (this.#cell === null) {
      this.#show({ type: 'error', content: error })
    } else {
      this.#cell.uncaught ??= error
      this.#executor.interrupt()
    }
  }

  close(): void {
    this.#executor.close()
  }

  async #run(cell: Running, code: string): Promise<CellError | null> {
    const ok = await this.#executor.execute(awaited(code))
    let error = ok ? null : cellError(cell.complaints, code, this.#tslab.lines)
    if (error?.ename === 'Interrupted') cell.stop.abort(interruption())
    if (ok) error = await this.#showResult(cell)
    // Rejections that nothing handles are told only after the microtasks of this turn.
    await tick()
    return cell.uncaught ?? error
  }

  async #showResult({ result }: Running): Promise<CellError | null> {
    if (result === null) return null
    try {
      const data = await represent(result.value)
      checkBundle(data)
      this.#show({ type: 'execute_result', content: { data, metadata: {}, execution_count: this.#count } })
      return null
    } catch (thrown) {
      return thrownError(thrown, this.#tslab.lines)
    }
  }

  #display(content: DisplayContent, update: boolean): void {
    checkBundle(content.data)
    this.#show({ type: update ? 'update_display_data' : 'display_data', content })
  }

  #show(message: CellMessage): void {
    this.#printed.flush()
    this.#emit(message)
  }

  #signal(): AbortSignal {
    if (this.#cell === null) return new AbortController().signal
    this.#cell.listened = true
    return this.#cell.stop.signal
  }
}

/** tslab sees that a cell awaits by its `await` expressions, of which `for await` is none. */
function awaited(code: string): string {
  return /\bfor\s+await\s*\(/.test(code) ? `await null; ${code}` : code
}

function interruption(): Error {
  return new Error('the cell was interrupted')
}

function offer(name: string, value: unknown): void {
  Object.defineProperty(globalThis, Symbol.for(name), { value, configurable: true })
}
