import { InputError } from '../errors.ts'

/** One thing wrong in what someone wrote: the place, then what was found and what to write instead. */
export interface Problem {
  readonly where: string
  readonly what: string
}

/**
 * Refuses what someone wrote when anything is wrong in it, everything at once.
 *
 * @param file Name of the file, or of what stands for it.
 * @throws InputError with one line a problem; a problem told twice is printed once.
 */
export function refuseAny(file: string, problems: readonly Problem[]): void {
  const lines = [...new Set(problems.map(({ where, what }) => (where === '' ? what : `${where}: ${what}`)))]
  if (lines.length === 0) return
  if (lines.length === 1) throw new InputError(`${file}: ${lines[0]}`)
  throw new InputError([`${file}: ${lines.length} problems`, ...lines.map((line) => `  ${line}`)].join('\n'))
}
