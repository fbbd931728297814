import { InputError } from '../errors.ts'
import { nearest } from './nearest.ts'

/** One thing wrong in what someone wrote: the place, then what was found and what to write instead. */
export interface Problem {
  readonly where: string
  readonly what: string
  /** What is allowed there; printed once where several problems share it. */
  readonly allowed?: string
}

/** What is wrong with a name that is not among those allowed; `of` names them: `parameters of case find-peers`. */
export function unknownName(
  kind: string,
  name: string,
  allowed: { names: readonly string[]; of: string },
): Omit<Problem, 'where'> {
  const meant = nearest(name, allowed.names)
  return {
    what: `unknown ${kind}${meant === null ? '' : `; did you mean ${meant}?`}`,
    allowed: `${allowed.of}: ${allowed.names.length === 0 ? 'none' : allowed.names.join(', ')}`,
  }
}

/**
 * Refuses what someone wrote when anything is wrong in it, everything at once.
 *
 * @param file Name of the file, or of what stands for it.
 * @throws InputError with one line a problem, then what is allowed; what is told twice is printed once.
 */
export function refuseAny(file: string, problems: readonly Problem[]): void {
  const lines = unique(problems.map(({ where, what }) => (where === '' ? what : `${where}: ${what}`)))
  const allowed = unique(problems.flatMap((problem) => problem.allowed ?? []))
  if (lines.length === 0) return
  if (lines.length === 1) throw new InputError(`${file}: ${[...lines, ...allowed].join('; ').replace('?; ', '? ')}`)
  throw new InputError(
    [`${file}: ${lines.length} problems`, ...[...lines, ...allowed].map((line) => `  ${line}`)].join('\n'),
  )
}

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)]
