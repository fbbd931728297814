import { type Audience, audience, type Observer, type RunEvent } from './observer.ts'

/** Observers of several runs that go on at once, each told of one run after the other. */
export interface Turns {
  /** What is to be told of a run: kept until its turn has come. */
  seat(turn: number): Observer
  /** Nothing more comes of a run. With `wait` it resolves when all that was told is heard, else at once. */
  over(turn: number, options: { readonly wait: boolean }): Promise<void>
  /** Resolves when everything told of the runs that are over is heard. */
  heard(): Promise<void>
}

/** Gathers observers for so many runs. One that throws is told nothing more of that run. */
export function inTurns(observers: readonly Observer[], count: number): Turns {
  const halls: readonly Audience[] = Array.from({ length: count }, () => audience(observers))
  const held: RunEvent[][] = Array.from({ length: count }, () => [])
  const ended = new Set<number>()
  let current = 0
  let moving = Promise.resolve()

  async function move(): Promise<void> {
    while (ended.has(current)) {
      await halls[current]?.heard()
      current += 1
      for (const event of held[current]?.splice(0) ?? []) halls[current]?.tell(event)
    }
  }

  return {
    seat: (turn) => (event) => {
      if (turn === current) halls[turn]?.tell(event)
      else held[turn]?.push(event)
    },
    async over(turn, { wait }) {
      ended.add(turn)
      moving = moving.then(move)
      if (wait) await moving
    },
    heard: () => moving,
  }
}
