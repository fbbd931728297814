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
  /** Those of `missing` that are known to have ended without success, and how: they will not come. */
  readonly fallen: readonly Fallen[]
  /** Why the state fails, or null. */
  readonly failed: string | null
  /** When it began to wait, since the Unix epoch. */
  readonly sinceMs: number
}

/** An instance that ended by itself and not in success. */
export interface Fallen {
  readonly who: Who
  /** In a few words: `exit code 1`. */
  readonly how: string
}

const namesShown = 10

/** A wait as people read it: `barrier "peers-found" (38 of 40 there; missing single/3, single/7)`. */
export function waitingText({ state, target, count, missing, unnamed, fallen, failed }: Waiting): string {
  const parts = [`${count} of ${target} there`]
  if (missing.length > 0)
    parts.push(`${missing.length > target - count ? 'not signalled by' : 'missing'} ${listed(missing.map(whoText))}`)
  if (fallen.length > 0) parts.push(listed(fallen.map(({ who, how }) => `${whoText(who)} ended with ${how}`)))
  if (failed !== null) parts.push(failed)
  if (unnamed > 0) parts.push(`${unnamed} signalled without a name`)
  return `barrier "${state}" (${parts.join('; ')})`
}

function listed(names: readonly string[]): string {
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : ''
  return `${names.slice(0, namesShown).join(', ')}${more}`
}
