import { WebSocket } from 'ws'
import { SyncError } from './error.ts'
import type { SyncRequest, SyncResponse } from './wire.ts'

/** What is done with the answers to one request. */
export interface Answers {
  answer(response: SyncResponse): void
  /** The connection ended, or the service refused; no answer comes any more. */
  fail(error: SyncError): void
}

/** A connection to the sync service that matches answers to requests. */
export interface SyncSocket {
  /** Sends an operation; returns the id to end it by. */
  send(operation: Omit<SyncRequest, 'id'>, answers: Answers): string
  /** Takes no more answers to a request and, if asked, tells the service so. */
  forget(id: string, options: { readonly cancel: boolean }): void
  close(): Promise<void>
}

/** Opens a connection. Rejects with a SyncError of kind `unreachable`. */
export async function openSocket(url: string, options: { signal?: AbortSignal } = {}): Promise<SyncSocket> {
  const socket = await connected(url, options.signal)
  const pending = new Map<string, Answers>()
  let nextId = 0
  let closing = false

  socket.on('message', (data) => {
    const response = JSON.parse(String(data)) as SyncResponse
    const answers = pending.get(response.id)
    if (answers === undefined) return
    if (response.error === '') answers.answer(response)
    else {
      pending.delete(response.id)
      answers.fail(new SyncError('refused', response.error))
    }
  })
  socket.on('error', () => {
    // `close` follows and tells whoever waits.
  })
  socket.on('close', (code) => {
    const error = new SyncError('closed', closed(url, closing, code))
    for (const answers of pending.values()) answers.fail(error)
    pending.clear()
  })

  return {
    send(operation, answers) {
      const id = String(nextId++)
      if (socket.readyState !== WebSocket.OPEN) {
        answers.fail(new SyncError('closed', closed(url, closing, null)))
        return id
      }
      pending.set(id, answers)
      socket.send(JSON.stringify({ id, ...operation }))
      return id
    },
    forget(id, { cancel }) {
      if (pending.delete(id) && cancel && socket.readyState === WebSocket.OPEN)
        socket.send(JSON.stringify({ id, is_cancel: true }))
    },
    close() {
      closing = true
      return closeSocket(socket)
    },
  }
}

function connected(url: string, signal: AbortSignal | undefined): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: 30_000 })
    const abort = (): void => socket.terminate()
    signal?.addEventListener('abort', abort, { once: true })
    socket.once('open', () => {
      signal?.removeEventListener('abort', abort)
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (cause) => {
      signal?.removeEventListener('abort', abort)
      reject(
        new SyncError(
          'unreachable',
          `no sync service at ${url} (${cause.message}); SYNC_SERVICE_HOST and SYNC_SERVICE_PORT say where it is`,
          { cause },
        ),
      )
    })
  })
}

function closed(url: string, byUs: boolean, code: number | null): string {
  if (byUs) return 'the sync client was closed'
  return `the sync service at ${url} closed the connection${code === null ? '' : ` (code ${code})`}`
}

function closeSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) return resolve()
    const late = setTimeout(() => socket.terminate(), 1000)
    socket.once('close', () => {
      clearTimeout(late)
      resolve()
    })
    socket.close()
  })
}
