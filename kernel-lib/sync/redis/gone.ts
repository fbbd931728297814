import { setMaxListeners } from 'node:events'
import type { Connections } from './connect.ts'

/** Whether a server is still there. */
export interface Presence {
  /** Aborts, with the reason, once it is gone. */
  readonly gone: AbortSignal
  /** The answer, or a rejection that says that the server is gone. */
  ask<T>(answer: Promise<T>): Promise<T>
  /** From now on the end of the connections is wanted. */
  leave(): void
}

/** Watches both connections; `text` names the server. */
export function presence({ commands, changes }: Connections, text: string): Presence {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  let wanted = false
  let why = 'the connection ended'

  function end(): void {
    if (!wanted && !controller.signal.aborted) controller.abort(new Error(`${text} went away: ${why}`))
  }
  for (const one of [commands, changes]) {
    one.on('error', (error: Error) => {
      why = error.message
    })
    one.on('end', end)
  }

  return {
    gone: controller.signal,
    async ask(answer) {
      try {
        return await answer
      } catch (error) {
        if (commands.status !== 'ready') end()
        throw controller.signal.aborted ? controller.signal.reason : error
      }
    },
    leave() {
      wanted = true
    },
  }
}
