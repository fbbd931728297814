import type { Ending, PlanEvent } from '../harness.ts'
import type { Over } from '../instances/running.ts'
import { find } from '../instances/unit.ts'
import type { Witness } from '../instances/witness.ts'
import { printedEvent } from '../output/events.ts'
import { type FoundHole, holeText } from './hole-text.ts'
import type { Told } from './settings.ts'
import { epochMs } from './world/time/epoch.ts'

/** Hears a simulation and tells how each of its instances ended. */
export interface Listener {
  /** A line on standard output. */
  line(text: string): void
  /** A line of what the simulation tells. */
  told(text: string): void
  killed(reason: NonNullable<Ending['killed']>, waitingFor: string | null): void
  /** No instance can be started, for want of something. */
  lacked(fault: string): void
  /** The process has ended. */
  over(end: Over): void
}

/** What is found out while the simulation runs, for the record. */
export interface Findings {
  /** Calls whose effect the seed does not decide. */
  readonly holes: FoundHole[]
  trace: { readonly events: number; readonly sha256: string } | null
  /** How long it took in the simulated network. ms */
  virtualMs: number
  /** Timers, deliveries and other events that happened. */
  events: number
}

interface Audience {
  readonly findings: Findings
  readonly onNotice: (text: string) => void
  readonly onVirtualTime: (virtualMs: number) => void
}

/** A listener that has heard nothing. */
export function listenTo(witnesses: readonly Witness[], { findings, onNotice, onVirtualTime }: Audience): Listener {
  function take(told: Told): void {
    reached(told.atMs)
    if (told.kind === 'published') find(witnesses, told.group, told.index)?.heard('sync', told.event as PlanEvent)
    else if (told.kind === 'joined') find(witnesses, told.group, told.index)?.started()
    else if (told.kind === 'hole') hole(told)
    else if (told.kind === 'late') find(witnesses, told.group, told.index)?.killed('timeout', told.waitingFor)
    else if (told.kind === 'end') {
      findings.trace = told.trace
      findings.events = told.events
    }
  }

  /** What is printed may be heard after the end was told, and its times are rounded. */
  function reached(virtualMs: number): void {
    if (findings.trace !== null) return
    if (virtualMs !== findings.virtualMs) onVirtualTime(virtualMs)
    findings.virtualMs = virtualMs
  }

  function hole({ what, by, atMs }: FoundHole): void {
    findings.holes.push({ what, by, atMs })
    onNotice(holeText({ what, by, atMs }))
  }

  return {
    line(text) {
      const printed = printedEvent(text)
      const one = printed === null ? undefined : find(witnesses, printed.group, printed.index)
      if (printed === null || one === undefined) return
      // An instance with a clock of its own does not tell the network's time.
      if (printed.atMs !== null && one.member.group.clock === null) reached(printed.atMs - epochMs)
      one.heard('stdout', printed.event)
    },
    told: (text) => take(JSON.parse(text) as Told),
    killed(reason, waitingFor) {
      for (const one of witnesses) one.killed(reason, waitingFor)
    },
    lacked(fault) {
      for (const one of witnesses) {
        one.lacked(fault)
        one.killed('fault', null)
      }
    },
    over({ exit, lastWords }) {
      for (const one of witnesses) one.ended(exit, lastWords)
    },
  }
}
