import type { Clock } from './clock.ts'
import type { Assignment } from './env.ts'
import type { Life } from './life.ts'
import type { MakeResident, Population } from './population.ts'
import type { StreamNet } from './streams.ts'
import type { SyncClient } from './sync/client.ts'

/** What stands for the machine in a process whose time is virtual: a harness puts it there before the program is loaded. */
export interface World {
  /** Takes what makes nodes of the population, before time begins. */
  settle(make: MakeResident): void
  /** The place of an instance, before time begins. */
  enter(assignment: Assignment): Place
  /** Lets time pass: every instance of this process has entered. */
  begin(): void
}

/** What an instance has in a world. */
export interface Place {
  /** Resolves when the instance is to begin. */
  readonly begins: Promise<void>
  readonly clock: Clock
  readonly sync: SyncClient
  readonly net: StreamNet
  readonly life: Life
  /** Null where nobody is in the network but instances. */
  readonly population: Population | null
}

const key = Symbol.for('hoplab.world')

/** The world of this process, or null on a machine. */
export function worldHere(): World | null {
  return ((globalThis as Record<symbol, unknown>)[key] as World | undefined) ?? null
}

/** Makes a world that of this process. */
export function putWorld(world: World): void {
  ;(globalThis as Record<symbol, unknown>)[key] = world
}
