import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Artifact, RunRecord } from '../record.ts'

/** A run and where its files are. */
export interface RunAt {
  readonly record: RunRecord
  readonly folder: string
}

/** How the files of two runs compare. */
export interface FilesCompared {
  /** How many there are, each path once. */
  readonly compared: number
  /** How many of them are not the same in both. */
  readonly differing: number
  /** Paths of the first twenty of those, in order. */
  readonly first: readonly string[]
}

const firstKept = 20

/** Compares what instances wrote: by sha256, and where that differs but for the run's own id, which no repetition has in common. */
export async function compareFiles(of: RunAt, rerun: RunAt): Promise<FilesCompared> {
  const [before, after] = [writtenBy(of.record), writtenBy(rerun.record)]
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  const differing: string[] = []
  for (const path of paths) {
    if (before.get(path)?.sha256 === after.get(path)?.sha256) continue
    if (!(before.has(path) && after.has(path) && (await sameButForIds(path, of, rerun)))) differing.push(path)
  }
  return { compared: paths.length, differing: differing.length, first: differing.slice(0, firstKept) }
}

/** What the processes printed beside is told by the machine too. */
function writtenBy({ artifacts }: RunRecord): ReadonlyMap<string, Artifact> {
  return new Map(artifacts.filter(({ path }) => !path.startsWith('processes/')).map((one) => [one.path, one]))
}

async function sameButForIds(path: string, of: RunAt, rerun: RunAt): Promise<boolean> {
  const files = [of, rerun].map(({ folder }) => join(folder, ...path.split('/')))
  if (!files.every((file) => existsSync(file))) return false
  const [before, after] = await Promise.all([of, rerun].map((run) => hashWithoutId(path, run)))
  return before === after
}

async function hashWithoutId(path: string, { record, folder }: RunAt): Promise<string> {
  const hash = createHash('sha256')
  const input = createReadStream(join(folder, ...path.split('/')))
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    hash.update(line.replaceAll(record.run, 'run')).update('\n')
  return hash.digest('hex')
}
