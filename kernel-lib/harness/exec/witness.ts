import { outcomeOf } from '../events.ts'
import type { Ending, Instance, PlanEvent, SessionEvent } from '../harness.ts'
import type { Member } from './share.ts'

/** Collects what is seen of one instance until it has ended. */
export interface Witness {
  readonly member: Member
  readonly instance: Instance
  started(): void
  /** An event that it printed or published. After it was killed nothing counts any more: what a program says while it is being ended is our doing. */
  heard(source: 'stdout' | 'sync', event: PlanEvent): void
  /** Whether it has told an outcome. */
  hasTold(): boolean
  /** Whether it has told one on standard output that has not arrived by the sync service. */
  isAhead(): boolean
  killed(reason: NonNullable<Ending['killed']>, waitingFor: string | null): void
  /** Keeps what it was waiting for when the sync service gave up. */
  gaveUp(waitingFor: string): void
  ended(exit: Ending['exit'], lastWords: string): void
}

/** Begins to watch an instance. `alone`: its process holds no other, so that the process's exit is its own. */
export function witness(member: Member, alone: boolean, onEvent: (event: SessionEvent) => void): Witness {
  const who = { group: member.group.id, index: member.index }
  const events: Record<'stdout' | 'sync', PlanEvent[]> = { stdout: [], sync: [] }
  const shown = new Set<string>()
  let startedMs = Date.now()
  let toldMs: number | null = null
  let killed: Ending['killed'] = null
  let killedMs: number | null = null
  let waitingFor: string | null = null
  let resolve: (ending: Ending) => void = () => {}
  const ended = new Promise<Ending>((settle) => {
    resolve = settle
  })

  function show(event: PlanEvent): void {
    const outcome = outcomeOf(event)
    if (outcome !== null && shown.has(outcome)) return
    if (outcome !== null) shown.add(outcome)
    onEvent({ ...who, atMs: Date.now(), event: { kind: 'plan', event } })
  }

  return {
    member,
    instance: { ...who, seq: member.seq, ended },
    started() {
      startedMs = Date.now()
      onEvent({ ...who, atMs: startedMs, event: { kind: 'started' } })
    },
    heard(source, event) {
      if (killed !== null) return
      // What is published is printed too, in its place among what is never published; what is not is shown at the end.
      if (source === 'stdout') show(event)
      if (outcomeOf(event) === null) return
      if (events[source].length < 8) events[source].push(event)
      toldMs ??= Date.now()
    },
    hasTold: () => toldMs !== null,
    isAhead: () => events.stdout.length > 0 && events.sync.length === 0,
    killed(reason, waiting) {
      // In a shared process an instance is over once it told how it ended; what happens to the process later is not its fate.
      if (!alone && toldMs !== null) return
      if (killed !== null) return
      killed = reason
      killedMs = Date.now()
      waitingFor ??= waiting
    },
    gaveUp(waiting) {
      waitingFor ??= waiting
    },
    ended(exit, lastWords) {
      events.sync.forEach(show)
      const before = !alone && toldMs !== null
      resolve({
        exit: before ? null : exit,
        killed,
        stdoutEvents: events.stdout,
        syncEvents: events.sync,
        lastWords,
        waitingFor,
        startedMs,
        // What comes after we ended it is how long our signals took.
        endedMs: (before ? toldMs : killedMs) ?? Date.now(),
      })
    },
  }
}
