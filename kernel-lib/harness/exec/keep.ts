import { type ChildProcess, spawn } from 'node:child_process'
import type { ProcessName } from '../process.ts'
import type { KeeperLine } from './keeper.ts'
import { ownModule } from './own.ts'

/** The launcher's end of a session's keeper. */
export interface Keeper {
  started(name: ProcessName): void
  ended(pid: number): void
  /** Tells the keeper that nothing is left to end. */
  farewell(): Promise<void>
}

const restarts = 3

/**
 * Starts a session's keeper, and again when something ends it.
 *
 * @param mark `NAME=value` in the environment of every process of the session.
 * @param temp Folder that the keeper removes when the launcher could not.
 */
export function keep(mark: string, temp: string): Keeper {
  const watched = new Map<number, ProcessName>()
  let attempts = 0
  let over = false
  let child = start()

  function start(): ChildProcess {
    attempts += 1
    const { command, args } = ownModule(new URL('./keeper.ts', import.meta.url))
    const keeper = spawn(command, [...args, mark, temp], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH ?? '' },
    })
    keeper.stdin?.on('error', () => {})
    keeper.on('error', () => {})
    keeper.on('exit', () => {
      if (over || attempts > restarts) return
      child = start()
      for (const name of watched.values()) tell({ started: name })
    })
    return keeper
  }

  function tell(line: KeeperLine): void {
    child.stdin?.write(`${JSON.stringify(line)}\n`)
  }

  return {
    started(name) {
      watched.set(name.pid, name)
      tell({ started: name })
    },
    ended(pid) {
      watched.delete(pid)
      tell({ ended: pid })
    },
    farewell() {
      over = true
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
      return new Promise((resolve) => {
        child.once('exit', () => resolve())
        tell({ farewell: true })
        child.stdin?.end()
      })
    },
  }
}
