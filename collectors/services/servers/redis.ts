import { connect } from 'node:net'
import { answerWithinMs } from './in-time.ts'
import type { ServerKind } from './server.ts'

/** Redis; it needs nothing made. */
export const redis: ServerKind = {
  address: (port) => `redis://127.0.0.1:${port}`,
  prepare: async (port) => {
    await info(port)
  },
  ask: async (port) => /redis_version:(\S+)/.exec(await info(port))?.[1] ?? null,
}

/** What it says of itself, by the form of its protocol that is one line. */
function info(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.setTimeout(answerWithinMs, () => socket.destroy(new Error(`no answer within ${answerWithinMs / 1000} s`)))
    socket.once('error', reject)
    socket.once('connect', () => socket.end('INFO server\r\n'))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.once('close', () =>
      text.includes('redis_version')
        ? resolve(text)
        : reject(new Error(`answers ${JSON.stringify(text.slice(0, 200))}`)),
    )
  })
}
