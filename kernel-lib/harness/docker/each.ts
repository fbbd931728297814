import type { Unit } from '../instances/unit.ts'
import { engineText } from './engine.ts'
import { inLanes } from './lanes.ts'
import { type Launch, perCore } from './launch.ts'
import { only } from './unit-facts.ts'

/** What a step is done for: one instance, or several that share a container. */
export interface Steps<K> {
  readonly unitsOf: (key: K) => readonly Unit[]
  /** Whom a failure is told of. */
  readonly from: string
}

/** Does a step for each key, in lanes, until the session is being ended; those for which it could be done, in their order, with what it gave. The instances of the others have ended. */
export async function each<K, T>(
  keys: Iterable<K>,
  launch: Launch,
  { unitsOf, from, step }: Steps<K> & { readonly step: (key: K) => Promise<T> },
): Promise<ReadonlyMap<K, T>> {
  const all = [...keys]
  const done = new Map<K, T>()
  await inLanes(all, launch.cores * perCore, async (key) => {
    if (launch.signal.aborted) return
    await step(key).then(
      (one) => done.set(key, one),
      (error) => {
        for (const unit of unitsOf(key)) fail(unit, launch, `${from}: ${engineText(error)}`)
      },
    )
  })
  return new Map(all.flatMap((key): [K, T][] => (done.has(key) ? [[key, done.get(key) as T]] : [])))
}

/** Tells that a container could not be made or started, or its network not be made to stand. */
function fail(unit: Unit, { sync }: Launch, why: string): void {
  const one = only(unit)
  const { group, index } = one.instance
  sync.fell({ who: { group, index }, how: 'a start that failed' })
  one.ended(null, why)
}
