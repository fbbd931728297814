import { canonicalJson } from '../../composition/hash.ts'
import type { Ending, Instance, PlanEvent, SessionEvent } from '../harness.ts'
import { outcomeOf } from '../output/events.ts'
import type { Member } from './members.ts'

/** Collects what is seen of one instance until it has ended. */
export interface Witness {
  readonly member: Member
  readonly instance: Instance
  /** Whether its process holds no other instance, so that the process's exit is its own. */
  readonly alone: boolean
  started(): void
  /** An event that it printed or published. After it was killed nothing counts any more: what a program says while it is being ended is our doing. */
  heard(source: 'stdout' | 'sync', event: PlanEvent): void
  /** Whether it has told an outcome. */
  hasTold(): boolean
  /** Whether it has told one on standard output that has not arrived by the sync service. */
  isAhead(): boolean
  /** Whether it printed this very event more often than it published it. */
  printedOnly(event: PlanEvent): boolean
  /** How it ended by itself and not in success, in a few words, given its process's exit; null where it succeeded or we ended it. */
  fall(exit: Ending['exit']): string | null
  killed(reason: NonNullable<Ending['killed']>, waitingFor: string | null): void
  /** Keeps what it could not be given. */
  lacked(fault: string): void
  /** Keeps what it was waiting for when the sync service gave up. */
  gaveUp(waitingFor: string): void
  ended(exit: Ending['exit'], lastWords: string): void
}

/** What was seen so far. */
interface Evidence {
  readonly stdout: PlanEvent[]
  readonly sync: PlanEvent[]
  startedMs: number
  toldMs: number | null
  killed: Ending['killed']
  killedMs: number | null
  fault: string | null
  waitingFor: string | null
  lastMessage: string
}

const eventsKept = 8

/** How an instance is watched. */
export interface WitnessOptions {
  /** Whether its process holds no other. */
  readonly alone: boolean
  readonly onEvent: (event: SessionEvent) => void
  /** The clock of the instances, ms since the Unix epoch; its ending tells times on it. Default: this machine's. */
  readonly nowMs?: () => number
}

/** Begins to watch an instance. */
export function witness(member: Member, { alone, onEvent, nowMs = Date.now }: WitnessOptions): Witness {
  const who = { group: member.group.id, index: member.index }
  const seen: Evidence = {
    stdout: [],
    sync: [],
    startedMs: nowMs(),
    toldMs: null,
    killed: null,
    killedMs: null,
    fault: null,
    waitingFor: null,
    lastMessage: '',
  }
  const show = showOnce((event) => onEvent({ ...who, atMs: Date.now(), event: { kind: 'plan', event } }))
  let resolve: (ending: Ending) => void = () => {}
  const ended = new Promise<Ending>((settle) => {
    resolve = settle
  })
  return {
    member,
    alone,
    instance: { ...who, seq: member.seq, ended },
    started() {
      seen.startedMs = nowMs()
      onEvent({ ...who, atMs: Date.now(), event: { kind: 'started' } })
    },
    heard(source, event) {
      if (seen.killed !== null) return
      // What is published is printed too, in its place among what is never published; what is not is shown at the end.
      if (source === 'stdout') show(event)
      if (typeof event.message_event?.message === 'string') seen.lastMessage = event.message_event.message
      if (outcomeOf(event) === null) return
      if (seen[source].length < eventsKept) seen[source].push(event)
      seen.toldMs ??= nowMs()
    },
    hasTold: () => seen.toldMs !== null,
    isAhead: () => seen.stdout.length > 0 && seen.sync.length === 0,
    printedOnly(event) {
      const text = canonicalJson(event)
      const times = (events: readonly PlanEvent[]): number => events.filter((one) => canonicalJson(one) === text).length
      return times(seen.stdout) > times(seen.sync)
    },
    fall(exit) {
      if (seen.killed !== null) return null
      if (seen.fault !== null) return 'a failure'
      const told = [...seen.sync, ...seen.stdout].map(outcomeOf)
      const bad = told.find((outcome) => outcome !== 'success')
      if (bad) return `a ${bad}`
      return told.length > 0 ? null : exitText(exit)
    },
    killed(reason, waiting) {
      // In a shared process an instance is over once it told how it ended; what happens to the process later is not its fate.
      if (seen.killed !== null || (!alone && seen.toldMs !== null)) return
      seen.killed = reason
      seen.killedMs = nowMs()
      seen.waitingFor ??= waiting
    },
    lacked(fault) {
      seen.fault ??= fault
    },
    gaveUp(waiting) {
      seen.waitingFor ??= waiting
    },
    ended(exit, lastWords) {
      seen.sync.forEach(show)
      const before = !alone && seen.toldMs !== null
      const endedMs = (before ? seen.toldMs : seen.killedMs) ?? nowMs()
      resolve(endingOf(seen, { exit: before ? null : exit, endedMs, lastWords }))
    },
  }
}

/** `endedMs`: when it told its end or we ended it, which our signals take time to do. */
function endingOf(
  { stdout, sync, killed, fault, waitingFor, lastMessage, startedMs }: Evidence,
  { exit, endedMs, lastWords }: { exit: Ending['exit']; endedMs: number; lastWords: string },
): Ending {
  return {
    exit,
    killed,
    fault,
    stdoutEvents: stdout,
    syncEvents: sync,
    lastWords: lastWords === '' ? lastMessage : lastWords,
    waitingFor,
    startedMs,
    endedMs,
  }
}

/** Passes events on, an outcome that is told twice but once. */
function showOnce(pass: (event: PlanEvent) => void): (event: PlanEvent) => void {
  const shown = new Set<string>()
  return (event) => {
    const outcome = outcomeOf(event)
    if (outcome !== null && shown.has(outcome)) return
    if (outcome !== null) shown.add(outcome)
    pass(event)
  }
}

function exitText(exit: Ending['exit']): string {
  if (exit === null) return 'a start that failed'
  return exit.signal ?? `exit code ${exit.code}${exit.code === 0 ? ' and no outcome' : ''}`
}
