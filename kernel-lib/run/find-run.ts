import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { InputError } from '../errors.ts'
import { noFolder } from './no-folder.ts'
import { runsFolderOf } from './runs-folder.ts'

/**
 * The folder of a run named by its id, the beginning of it that only one run has, or a path; of the newest run where no name is given.
 *
 * @param runsFolder Default: as `runsFolderOf` tells.
 * @throws InputError when none or several fit, naming them.
 */
export async function findRun(name: string | undefined, runsFolder: string = runsFolderOf()): Promise<string> {
  if (name === undefined) return newest(runsFolder)
  if (name.includes('/') || name.includes(sep)) return name
  if (name === '') throw new InputError('run "": write an id, the beginning of one, or the path of its folder')
  const ids = await folders(runsFolder)
  const fitting = ids.filter((id) => id.toUpperCase().startsWith(name.toUpperCase()))
  const [only] = fitting
  if (ids.includes(name)) return join(runsFolder, name)
  if (only !== undefined && fitting.length === 1) return join(runsFolder, only)
  if (fitting.length > 1)
    throw new InputError(`run ${name}: ${fitting.length} runs begin so; write more of one: ${list(fitting)}`)
  if (holdsRun(name)) return name
  const there = ids.length === 0 ? 'there is none' : `there are ${list(ids)}`
  throw new InputError(`run ${name}: no run in ${runsFolder} begins so; ${there}; hoplab runs lists them`)
}

/** Run ids begin with their time, so the last in order is the newest. */
async function newest(runsFolder: string): Promise<string> {
  const id = (await folders(runsFolder)).at(-1)
  if (id === undefined)
    throw new InputError(`${runsFolder} holds no run; make one: hoplab run plans/dht/compositions/find-peers-40.toml`)
  return join(runsFolder, id)
}

/** Folders that hold a run: a record, or what stands for it while the run lives. */
async function folders(runsFolder: string): Promise<string[]> {
  const names = await readdir(runsFolder).catch((error) => noFolder(runsFolder, error))
  const found = names.filter((name) => !name.startsWith('.')).sort()
  return found.filter((name) => holdsRun(join(runsFolder, name)))
}

function holdsRun(folder: string): boolean {
  return ['record.json', 'run.json'].some((file) => existsSync(join(folder, file)))
}

function list(ids: readonly string[]): string {
  return ids.length > 8 ? `${ids.slice(-8).join(', ')} and ${ids.length - 8} more` : ids.join(', ')
}
