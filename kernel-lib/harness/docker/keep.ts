import { type ChildProcess, spawn } from 'node:child_process'
import { ownModule } from '../exec/own.ts'

/** The launcher's end of a session's keeper. */
export interface Keeper {
  /** Tells the keeper that nothing is left to remove. */
  farewell(): Promise<void>
  /** Leaves to the keeper what would not go. */
  handOver(): void
}

const restarts = 3

/** Starts a session's keeper, and again when something ends it. */
export function keep(run: string, socket: string): Keeper {
  let attempts = 0
  let over = false
  let child = start()

  function start(): ChildProcess {
    attempts += 1
    const { command, args } = ownModule(new URL('./keeper.ts', import.meta.url))
    const keeper = spawn(command, [...args, run, socket], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH ?? '' },
    })
    keeper.stdin?.on('error', () => {})
    keeper.on('error', () => {})
    keeper.on('exit', () => {
      if (!over && attempts <= restarts) child = start()
    })
    return keeper
  }

  return {
    handOver() {
      over = true
      child.stdin?.end()
      child.unref()
    },
    farewell() {
      over = true
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
      return new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.stdin?.end('farewell\n')
      })
    },
  }
}
