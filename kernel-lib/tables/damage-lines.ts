import type { Damage } from './run-data.ts'

const told = 5

/** What of a run could not be read, for people: the first five in a line each, and where the rest is. */
export function damageLines(damage: readonly Damage[]): readonly string[] {
  const lines = damage.map(({ path, line, problem }) => `${path}${line === null ? '' : `:${line}`}: ${problem}`)
  const more = lines.length - told
  return more > 0 ? [...lines.slice(0, told), `and ${more} more; hoplab export --table damage has them all`] : lines
}
