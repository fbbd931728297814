import type { RunSpec } from '../../../../composition/spec.ts'
import type { Member } from '../../../instances/members.ts'
import type { Moments } from '../moments.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import { type Lifeline, lifelineOf } from './lifeline.ts'

/** Which nodes of the population run. */
export interface Presence {
  /** When a node that runs now came up last, ms of virtual time; null where it does not run. Nothing is kept of it. */
  upSinceMs(member: Member): number | null
  /** Follows one node: returns its life, read up to now. */
  follow(member: Member): () => Lifeline
}

interface PresenceParts {
  readonly time: VirtualTime
  readonly moments: Moments
}

/** The presence of a spec's population. */
export function presenceOf({ seed, timeoutMs }: RunSpec, { time, moments }: PresenceParts): Presence {
  const sinceMsOf = ({ group }: Member): number => moments.when(group.life.from) ?? Number.POSITIVE_INFINITY
  const lineOf = (member: Member, sinceMs: number): Lifeline =>
    lifelineOf(member, { seed, sinceMs, untilMs: timeoutMs })

  return {
    upSinceMs(member) {
      if (isAlways(member)) return 0
      const { up, upSinceMs } = lineOf(member, sinceMsOf(member)).readTo(time.nowMs)
      return up ? upSinceMs : null
    },
    follow(member) {
      if (isAlways(member)) return () => always
      let sinceMs = sinceMsOf(member)
      let line = lineOf(member, sinceMs)
      return () => {
        const nowSinceMs = sinceMsOf(member)
        if (nowSinceMs !== sinceMs) {
          sinceMs = nowSinceMs
          line = lineOf(member, sinceMs)
        }
        return line.readTo(time.nowMs)
      }
    },
  }
}

/** The life of a node that is there from the beginning to the end. */
const always: Lifeline = {
  readTo: () => always,
  up: true,
  upSinceMs: 0,
  begun: true,
  changeMs: Number.POSITIVE_INFINITY,
}

/** Whether its group runs from the beginning to the end, which most do. */
function isAlways({ group: { life } }: Member): boolean {
  const { join, session, crashes } = life
  return session === null && crashes === null && join.kind === 'constant' && join.ms === 0
}
