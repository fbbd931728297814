import type { Draft } from './draft.ts'
import { readOurs } from './read-composition.ts'
import { parseToml } from './toml.ts'

/** What the text of a composition may refer to. */
export interface ReadOptions {
  /** Named in messages. */
  readonly file: string
  /** Environment variables that Testground's templates see as `.Env`. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Text of a file that a template loads, by its path relative to the composition; throws when there is none. */
  readonly resource: (path: string) => string
}

/**
 * Reads the text of a composition, ours or Testground's (which has a table `global`).
 *
 * @throws InputError for malformed TOML; all else that is wrong stands in the draft's problems.
 */
export function readComposition(text: string, { file }: ReadOptions): Draft {
  return readOurs(parseToml(text, file), { file, text })
}
