import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncService } from '../../sync/start.ts'
import { waitingText } from '../../sync/waiting.ts'
import type { Ending, PlanEvent } from '../harness.ts'
import { outcomeOf, printedEvent } from '../output/events.ts'
import type { Running } from './running.ts'
import type { Witness } from './witness.ts'

/** A process of a session and the instances that it holds. */
export interface Unit {
  readonly number: number
  readonly witnesses: readonly Witness[]
  /** Null until it is started. */
  running: Running | null
}

/** From the polite signal to the one that cannot be ignored. */
const graceMs = 3000
/** Seconds that a shared process may tidy up after all its instances told how they ended. */
const tidySeconds = 10
const longestTimerMs = 2 ** 31 - 1

/** The witness of an instance among others. */
export function find(witnesses: readonly Witness[], group: string | null, index: number | null): Witness | undefined {
  return witnesses.find(({ instance }) => instance.group === group && instance.index === index)
}

/** Takes a line that the process printed: an event of its only instance, or of the one that the envelope names. */
export function hear({ witnesses }: Unit, line: string): void {
  const printed = printedEvent(line)
  if (printed === null) return
  const one = witnesses.length === 1 ? witnesses[0] : find(witnesses, printed.group, printed.index)
  one?.heard('stdout', printed.event)
}

/** Bounds a started process in time, and tells how each of its instances ended. */
export async function follow(unit: Unit, running: Running, context: FollowContext): Promise<void> {
  const { sync, timeoutMs } = context
  const late = setTimeout(() => endUnit(unit, sync, 'timeout'), Math.min(timeoutMs, longestTimerMs))
  const tidy = setInterval(() => endIdle(), 1000)
  let idleSeconds = 0
  function endIdle(): void {
    idleSeconds = unit.witnesses.length > 1 && unit.witnesses.every((one) => one.hasTold()) ? idleSeconds + 1 : 0
    if (idleSeconds >= tidySeconds) running.end(graceMs)
  }
  const { exit, lastWords } = await running.over
  clearTimeout(late)
  clearInterval(tidy)
  for (const wait of sync.givenUp())
    if (wait.who !== null) find(unit.witnesses, wait.who.group, wait.who.index)?.gaveUp(waitingText(wait))
  await settleSync(unit)
  for (const one of unit.witnesses) {
    tellFall(one, sync, exit)
    one.ended(exit, lastWords)
  }
}

/** Spares others the wait for an instance that will not come. */
function tellFall(one: Witness, sync: SyncService, exit: Ending['exit']): void {
  const how = one.fall(exit)
  if (how !== null) sync.fell({ who: { group: one.instance.group, index: one.instance.index }, how })
}

/** Takes an event that an instance published. One that tells its failure in a process that others live in has ended, although the process has not. */
export function hearPublished(one: Witness, sync: SyncService, event: PlanEvent): void {
  one.heard('sync', event)
  const outcome = outcomeOf(event)
  if (!one.alone && outcome !== null && outcome !== 'success') tellFall(one, sync, null)
}

export interface FollowContext {
  readonly sync: SyncService
  readonly timeoutMs: number
}

/** What was published just before the exit may still be on its way through the loopback interface. */
async function settleSync({ witnesses }: Unit): Promise<void> {
  await sleep(20)
  for (let round = 0; round < 10 && witnesses.some((one) => one.isAhead()); round += 1) await sleep(20)
}

/** Ends a process that runs, keeping why and what its instances were waiting for. */
export function endUnit(unit: Unit, sync: SyncService, reason: NonNullable<Ending['killed']>): void {
  const waits = sync.waiting()
  for (const one of unit.witnesses) {
    const { group, index } = one.instance
    const wait = waits.find(({ who }) => who?.group === group && who.index === index)
    one.killed(reason, wait === undefined ? null : waitingText(wait))
  }
  unit.running?.end(graceMs)
}

/** Tells that a process was never started because its run was ended. */
export function endUnstarted({ witnesses }: Unit): void {
  for (const one of witnesses) {
    one.killed('canceled', null)
    one.ended(null, '')
  }
}
