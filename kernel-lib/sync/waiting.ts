import { type Who, whoText } from './who.ts'

/** Somebody waits for a barrier. */
export interface Waiting {
  /** Null where the connection named no instance. */
  readonly who: Who | null
  /** Name of the state as the program gave it. */
  readonly state: string
  readonly target: number
  readonly count: number
  /** Instances that have not signalled the state; more than `target - count` where not all of them were expected. */
  readonly missing: readonly Who[]
  /** Signals from connections that named no instance: so many of `missing` may be there. */
  readonly unnamed: number
  /** When it began to wait, since the Unix epoch. */
  readonly sinceMs: number
}

const namesShown = 10

/** A wait as people read it: `barrier "peers-found" (38 of 40 there; missing single/3, single/7)`. */
export function waitingText({ state, target, count, missing, unnamed }: Waiting): string {
  const parts = [`${count} of ${target} there`]
  if (missing.length > 0) {
    const names = missing.slice(0, namesShown).map(whoText).join(', ')
    const more = missing.length > namesShown ? ` and ${missing.length - namesShown} more` : ''
    parts.push(`${missing.length > target - count ? 'not signalled by' : 'missing'} ${names}${more}`)
  }
  if (unnamed > 0) parts.push(`${unnamed} signalled without a name`)
  return `barrier "${state}" (${parts.join('; ')})`
}
