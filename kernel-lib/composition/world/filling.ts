import type { Problem } from '../problems.ts'

/** Reads a file that a composition names; throws where it cannot. */
export type Resource = (path: string) => string

/** A composition while values are put in place of the files that it names. */
export interface Filling {
  readonly resource: Resource
  /** How a key named in snake_case is spelled in this source. */
  readonly spell: (key: string) => string
  readonly problems: Problem[]
  /** What values were taken of, in the order in which it stood. */
  readonly files: string[]
}

/** What bytes that are no UTF-8 text come to when they are read as such, and what no text has in it. */
const noText = /[\uFFFD\0]/

/** The text of a file that a composition names at `where`; null, with a problem, where it cannot be read or is no text. */
export function readNamed(path: string, where: string, { resource, problems }: Filling): string | null {
  try {
    const text = resource(path)
    if (!noText.test(text)) return text
    problems.push({ where, what: `${path}: is no text in UTF-8; write the path of a text file` })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const what = code === 'ENOENT' ? 'there is no such file' : message
    problems.push({
      where,
      what: `${path}: ${what}; write a path from the composition's folder, or from the current one where it is no file`,
    })
  }
  return null
}
