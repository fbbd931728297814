import { meanSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import { type Attempt, type Attempts, countedOf, onlyWhole } from './attempts.ts'
import { type ByClass, byClass } from './outcome-class.ts'

/** D7: what one lookup cost in messages. */
export interface Messages {
  /** Requests that left. */
  readonly sent: Sample
  /** Usable answers that came. */
  readonly received: Sample
  /** Requests that failed by a time-out. */
  readonly timeouts: Sample
  /** Answers over requests, of all lookups together; null where nothing was sent. */
  readonly answeredShare: number | null
}

/** D7: messages per lookup, for the lookups that succeeded, that failed, and all. */
export function messages(all: Attempts): ByClass<Messages> {
  return byClass(onlyWhole(all).ended, (attempts, which) => {
    const counted = countedOf(all, which)
    const sample = (name: string, definition: string, count: (attempt: Attempt) => number) =>
      meanSample(
        { name: `${name} per lookup${which === 'all' ? '' : `, ${which}`}`, entry: 'D7', definition, unit: 'messages' },
        attempts.map((each) => ({ ...each, value: count(each) })),
        counted,
      )
    const total = (count: (attempt: Attempt) => number) => attempts.reduce((sum, each) => sum + count(each), 0)
    return {
      sent: sample('requests sent', 'requests that left the asking node', sent),
      received: sample('answers received', 'usable answers to requests', received),
      timeouts: sample('time-outs', 'requests that failed by a time-out', timeouts),
      answeredShare: total(sent) > 0 ? total(received) / total(sent) : null,
    }
  })
}

/** Requests of a lookup that left the asking node. */
export function sent({ events }: Pick<Attempt, 'events'>): number {
  return events.filter(({ event, path }) => event === 'sent' && path >= 0).length
}

function received({ events }: Attempt): number {
  return events.filter(({ event, path }) => event === 'answered' && path >= 0).length
}

function timeouts({ events }: Attempt): number {
  return events.filter(({ event, cause, path }) => event === 'failed' && cause === 'timeout' && path >= 0).length
}
