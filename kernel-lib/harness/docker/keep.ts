import { keeperProcess } from '../machine/keeper-process.ts'

/** The launcher's end of a session's keeper. */
export interface Keeper {
  /** Tells the keeper that nothing is left to remove. */
  farewell(): Promise<void>
  /** Leaves to the keeper what would not go. */
  handOver(): void
}

/** Starts a session's keeper. */
export function keep(run: string, socket: string): Keeper {
  const keeper = keeperProcess(new URL('./keeper.ts', import.meta.url), [run, socket])
  return { farewell: () => keeper.farewell('farewell'), handOver: keeper.handOver }
}
