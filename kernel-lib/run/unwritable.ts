import { AbsentError, InputError } from '../errors.ts'

const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])
const closed: ReadonlySet<unknown> = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'ENOENT'])

/** Whether an error says that a disk is full, or a folder may not be written to. */
export function isUnwritable(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return full.has(code) || closed.has(code)
}

/** An error of writing below a folder of runs, in words that say what to do; any other error as it is. */
export function saidUnwritable(error: unknown, runsFolder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (full.has(code)) return new AbsentError(`${runsFolder}: ${message}; make room there, or write another with --runs`)
  if (closed.has(code))
    return new InputError(`${runsFolder}: cannot be written to (${message}); write another folder with --runs`)
  return error
}
