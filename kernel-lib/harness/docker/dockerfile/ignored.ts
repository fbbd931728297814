import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ignore from 'ignore'

/** Whether a path in a folder is to be left out of a build, folders with a slash at their end. */
export type Ignored = (path: string) => boolean

/** What the `.testgroundignore` and `.dockerignore` of a folder leave out. Patterns of the first are those of git; those of the second begin at the folder. */
export function ignoredIn(folder: string): Ignored {
  const git = ignore().add(textOf(join(folder, '.testgroundignore')))
  const docker = ignore().add(textOf(join(folder, '.dockerignore')).split('\n').map(anchored))
  return (path) => git.ignores(path) || docker.ignores(path)
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** A pattern of Docker's as git would write it: it says where it begins. */
function anchored(line: string): string {
  const [, not = '', pattern = ''] = /^(!?)\.?\/?(.*)$/.exec(line.trim()) ?? []
  if (pattern === '' || line.startsWith('#') || pattern.startsWith('**')) return `${not}${pattern}`
  return `${not}/${pattern}`
}
