import type { Moment } from '../../../composition/world/duration.ts'
import type { VirtualTime } from './time/virtual-time.ts'

/** The moments of a run that are named by its stages. */
export interface Moments {
  /** Has `run` happen at a moment; never, where no instance begins its stage. */
  at(moment: Moment, run: () => void): void
  /** When it is, ms since the simulation began; null where its stage has not begun. */
  when(moment: Moment): number | null
  /** An instance began a stage. */
  began(stage: string): void
}

/** Moments of a run that begins now. */
export function momentsOf(time: VirtualTime): Moments {
  const startMs = time.nowMs
  const begun = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()
  const sinceMsOf = (stage: string | null): number | undefined => (stage === null ? startMs : begun.get(stage))
  return {
    when({ stage, ms }) {
      const sinceMs = sinceMsOf(stage)
      return sinceMs === undefined ? null : sinceMs + ms
    },
    at({ stage, ms }, run) {
      const sinceMs = sinceMsOf(stage)
      if (sinceMs !== undefined) time.after(sinceMs + ms - time.nowMs, run)
      else waiting.set(stage ?? '', [...(waiting.get(stage ?? '') ?? []), () => time.after(ms, run)])
    },
    began(stage) {
      if (begun.has(stage)) return
      begun.set(stage, time.nowMs)
      for (const begin of waiting.get(stage) ?? []) begin()
      waiting.delete(stage)
    },
  }
}
