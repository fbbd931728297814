import { InputError } from '../errors.ts'

/**
 * Reads `-p name=value` as often as it was given; the last of a name counts, and a value may hold `=`.
 *
 * @throws InputError that lists every one that has no name.
 */
export function givenParams(given: readonly string[]): Readonly<Record<string, string>> {
  const wrong = given.filter((text) => text.indexOf('=') < 1)
  if (wrong.length > 0) throw new InputError(wrong.map((text) => `-p ${text}: write -p name=value`).join('\n'))
  return Object.fromEntries(given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
}

/**
 * Reads `--seed`.
 *
 * @throws InputError for what is no whole number from 0.
 */
export function givenSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(seed))
    throw new InputError(`--seed ${text}: write a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`)
  return seed
}
