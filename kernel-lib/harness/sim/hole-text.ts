/** A call whose effect the seed does not decide, as a simulation tells it. */
export interface FoundHole {
  /** What was called. */
  readonly what: string
  /** `file:line` of the program that did; empty where nothing tells. */
  readonly by: string
  /** When it was done first, ms of virtual time. */
  readonly atMs: number
}

/** What is said of it, in one line. */
export function holeText({ what, by, atMs }: FoundHole): string {
  const where = by === '' ? '' : ` by ${by}`
  return `not decided by the seed: ${what}${where} at ${(atMs / 1000).toFixed(3)} s; a repetition may differ`
}
