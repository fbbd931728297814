import { chmodSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Running } from '../instances/running.ts'
import { follow, hear, type Unit } from '../instances/unit.ts'
import { each } from './each.ts'
import { inLanes } from './lanes.ts'
import { type Launch, type LaunchTimes, perCore } from './launch.ts'
import type { ReleaseOptions } from './start.ts'
import { only, outputsOf } from './unit-facts.ts'

/** An instance that is there, its program held. */
export interface HeldInstance {
  /** Resolves to the folder in `/proc` of a process in its network namespace, as this machine sees it. */
  readonly proc: () => Promise<string>
  /** Lets its program go. */
  readonly release: (options: ReleaseOptions) => Running
}

/** A release is over when the program has printed something, or after this long: programs that all start at once take as long as one after the other, and each is late. */
const releaseMs = 1000

/** Makes the networks of held instances stand and measures them, then lets the programs go; none of it after the session is being ended. Resolves to how long it took, ms. */
export async function letGo(
  held: ReadonlyMap<Unit, HeldInstance>,
  launch: Launch,
): Promise<Pick<LaunchTimes, 'shapeMs' | 'measureMs' | 'releaseMs'>> {
  const { networking, signal, cores } = launch
  const began = Date.now()
  const standing = networking === null ? held : await stand(held, launch)
  const stood = Date.now()
  const up = [...held.keys()].filter((unit) => standing.has(unit)).map((unit) => only(unit).instance)
  if (!signal.aborted) await networking?.measure(up)
  const measured = Date.now()
  await inLanes([...standing], cores * perCore, async ([unit, one]) => {
    if (!signal.aborted && !networking?.lost()) await release(unit, one, launch)
  })
  return { shapeMs: stood - began, measureMs: measured - stood, releaseMs: Date.now() - measured }
}

/** Makes the networks of held instances stand; those of which it does. */
function stand(held: ReadonlyMap<Unit, HeldInstance>, launch: Launch): Promise<ReadonlyMap<Unit, HeldInstance>> {
  const { networking, hostnames } = launch
  return each(held.keys(), launch, {
    unitsOf: (unit) => [unit],
    from: 'network',
    async step(unit) {
      const one = held.get(unit) as HeldInstance
      const { group, index, seq } = only(unit).instance
      const hostname = hostnames.get(seq) ?? ''
      await networking?.stand({ who: { group, index }, seq, proc: await one.proc(), hostname })
      return one
    },
  })
}

/** Lets a program go, and watches it until it has ended; resolves when it needs no more attention. */
async function release(unit: Unit, held: HeldInstance, launch: Launch): Promise<void> {
  const { facts, sync } = launch
  const one = only(unit)
  const { group, index } = one.instance
  const released = held.release({
    logs: outputsOf(unit, facts),
    onLine: (line) => hear(unit, line),
    onMemory() {
      one.killed('memory', null)
      sync.fell({ who: { group, index }, how: 'more memory than it may take' })
    },
  })
  const running = { ...released, over: released.over.finally(() => takeBack(unit, launch)) }
  unit.running = running
  one.started()
  void follow(unit, running, { sync, timeoutMs: facts.spec.timeoutMs })
  await Promise.race([running.up, sleep(releaseMs)])
}

/** Makes this process's user the owner of what somebody else's image wrote, before anybody reads it. */
async function takeBack(unit: Unit, { facts, images, owner }: Launch): Promise<void> {
  const { group, index } = only(unit).instance
  if (images.get(group)?.runsAs !== 'own') return
  await owner?.giveBack(`${group}/${index}`)
  chmodSync(outputsOf(unit, facts), 0o755)
}
