import { parse, TomlError } from 'smol-toml'
import { InputError } from '../errors.ts'

/** A TOML table, or an object given in its place. */
export type Table = Readonly<Record<string, unknown>>

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

const advice: readonly (readonly [RegExp, string])[] = [
  [
    /invalid value|unknown value|incomplete key-value: no value/,
    'write text in quotes (name = "text"), numbers and true or false bare',
  ],
  [/redefin/, 'a key or table may stand once; write [[name]] for each item of a list'],
  [/unfinished string|control characters/, 'close the quotes on the same line, or use """ for several lines'],
  [/end-of-line/, 'write one key = value a line'],
  [/table|array|bracket/, 'close every [ and { on its line: [table], [[list]], { key = value }'],
  [/key/, 'write key = value; a key has letters, digits, _ and -, anything else in quotes'],
  [
    /integer|number|leading zero|numeric/,
    'write whole numbers without leading zeros and below 9007199254740992, fractions with a digit before the point',
  ],
]

/**
 * Parses TOML.
 *
 * @param file Named in the message.
 * @throws InputError with file, line, column, the line itself and what to write instead.
 */
export function parseToml(text: string, file: string): Table {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const said = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '')
    const hint = advice.find(([pattern]) => pattern.test(said))?.[1] ?? 'see toml.io for the format'
    throw new InputError(`${file}:${error.line}:${error.column}: ${said}; ${hint}\n${error.codeblock.trimEnd()}`)
  }
}
