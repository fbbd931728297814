import { keeperProcess } from '../machine/keeper-process.ts'

/** The launcher's end of a session's keeper. */
export interface Keeper {
  /** Tells the keeper that nothing is left to remove. */
  farewell(): Promise<void>
  /** Leaves to the keeper what would not go. */
  handOver(): void
}

/** What a keeper is told when it is started: the run, its folder, and where the engine listens. */
export interface Kept {
  readonly run: string
  readonly socket: string
  readonly folder: string
  /** Scratch folder that it removes. */
  readonly temp: string
}

/** Starts a session's keeper. */
export function keep({ run, socket, folder, temp }: Kept): Keeper {
  const keeper = keeperProcess(new URL('./keeper.ts', import.meta.url), [run, socket, folder, temp])
  return { farewell: () => keeper.farewell('farewell'), handOver: keeper.handOver }
}
