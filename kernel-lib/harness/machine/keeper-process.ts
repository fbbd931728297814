import { type ChildProcess, spawn } from 'node:child_process'
import { ownModule } from './own.ts'

/** The launcher's end of a process that removes what a session made when the launcher is gone. */
export interface KeeperProcess {
  /** Writes a line to it. */
  tell(line: string): void
  /** Tells it that nothing is left to remove, and resolves when it has ended. */
  farewell(line: string): Promise<void>
  /** Leaves to it what is left. */
  handOver(): void
}

const restarts = 3

/**
 * Starts a keeper, and again when something ends it. It lives in a group of its own and learns of our end by that of its standard input.
 *
 * @param source URL of its module, with the extension `.ts`.
 * @param onRestart Called when it was started again: it knows nothing of what the one before it was told.
 */
export function keeperProcess(source: URL, args: readonly string[], onRestart = (): void => {}): KeeperProcess {
  let attempts = 0
  let over = false
  let child = start()

  function start(): ChildProcess {
    attempts += 1
    const { command, args: own } = ownModule(source)
    const keeper = spawn(command, [...own, ...args], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH ?? '' },
    })
    keeper.stdin?.on('error', () => {})
    keeper.on('error', () => {})
    keeper.on('exit', () => {
      if (over || attempts > restarts) return
      child = start()
      onRestart()
    })
    return keeper
  }

  return {
    tell(line) {
      child.stdin?.write(`${line}\n`)
    },
    farewell(line) {
      over = true
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
      return new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.stdin?.end(`${line}\n`)
      })
    },
    handOver() {
      over = true
      child.stdin?.end()
      child.unref()
    },
  }
}
