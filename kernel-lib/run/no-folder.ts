import { InputError } from '../errors.ts'

/**
 * What a folder of runs holds that cannot be listed: nothing where it is not there.
 *
 * @throws InputError for any other error of `readdir`.
 */
export function noFolder(runsFolder: string, error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw new InputError(
    `${runsFolder}: cannot be read as a folder of runs (${error.message}); write another with --runs`,
  )
}
