import { setMaxListeners } from 'node:events'
import type { Connections } from './connect.ts'

const askMs = 1000
const unansweredAsks = 10

/** Whether a server is still there. */
export interface Presence {
  /** Aborts, with the reason, once it is gone. */
  readonly gone: AbortSignal
  /** The answer, or a rejection that says that the server is gone. */
  ask<T>(answer: Promise<T>): Promise<T>
  /** From now on the end of the connections is wanted. */
  leave(): void
}

/** Watches both connections, and asks every second whether the server is there: one that leaves ten turns without an answer is gone. `text` names it. */
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
    one.on('end', () => {
      clearInterval(timer)
      end()
    })
  }

  // Turns are counted, because a clock would also count time in which this process was too busy to read an answer.
  let unanswered = 0
  const timer = setInterval(() => {
    if (unanswered === unansweredAsks) {
      why = `it left ${unansweredAsks} s without an answer`
      end()
      for (const one of [commands, changes]) one.disconnect()
    }
    if (unanswered++ === 0)
      commands
        .ping()
        .then(() => {
          unanswered = 0
        })
        .catch(() => {})
  }, askMs)

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
      clearInterval(timer)
    },
  }
}
