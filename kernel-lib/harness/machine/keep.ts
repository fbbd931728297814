import type { KeeperLine } from './keeper.ts'
import { keeperProcess } from './keeper-process.ts'
import { recordProcess } from './leftovers.ts'
import type { ProcessName } from './process.ts'

/** The launcher's end of a session's keeper. */
export interface Keeper {
  started(name: ProcessName): void
  ended(pid: number): void
  /** Tells the keeper that nothing is left to end. */
  farewell(): Promise<void>
}

/** Records a process where the keeper, and whoever finds the session abandoned, looks for it. */
export function entrust(keeper: Keeper, pid: number, folder: string): void {
  const name = recordProcess(pid, folder)
  if (name !== null) keeper.started(name)
}

/**
 * Starts a session's keeper.
 *
 * @param mark `NAME=value` in the environment of every process of the session.
 * @param temp Folder that the keeper removes when the launcher could not.
 */
export function keep(mark: string, temp: string): Keeper {
  const watched = new Map<number, ProcessName>()
  const text = (line: KeeperLine): string => JSON.stringify(line)
  const keeper = keeperProcess(new URL('./keeper.ts', import.meta.url), [mark, temp], () => {
    for (const name of watched.values()) keeper.tell(text({ started: name }))
  })
  return {
    started(name) {
      watched.set(name.pid, name)
      keeper.tell(text({ started: name }))
    },
    ended(pid) {
      watched.delete(pid)
      keeper.tell(text({ ended: pid }))
    },
    farewell: () => keeper.farewell(text({ farewell: true })),
  }
}
