import { mkdtemp, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { create } from 'tar'
import { InputError } from '../errors.ts'
import { digest } from '../run/artifacts.ts'
import type { Artifact } from '../run/record.ts'
import type { RecordedRun } from './read-record.ts'

/**
 * Writes a run's files as `testground collect` does: a gzipped tar with paths `<run>/<group>/<instance>/<file>`. The same run gives the same bytes.
 *
 * @returns How many files are in it.
 * @throws InputError when the run has no file of an instance, or one is not as it was recorded.
 */
export async function writeArchive({ record, folder }: RecordedRun, path: string): Promise<number> {
  const groups = new Set(record.instances.map(({ group }) => group))
  const files = record.artifacts.filter(({ path }) => groups.has(path.split('/')[0] ?? ''))
  if (files.length === 0) throw new InputError(`run ${record.run}: no instance left a file; there is nothing to pack`)
  for (const file of files) await demandRecorded(folder, file)
  // The folder of a run may have another name than the run.
  const around = await mkdtemp(join(tmpdir(), 'hoplab-archive-'))
  const temp = `${path}.${process.pid}.tmp`
  try {
    await symlink(resolve(folder), join(around, record.run))
    const paths = files.map((file) => `${record.run}/${file.path}`).sort()
    const packing = {
      cwd: around,
      file: temp,
      gzip: true,
      portable: true,
      strict: true,
      mtime: new Date(record.startedMs),
    }
    await create(packing, paths).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(`--out ${path}: cannot be written (${error.code ?? error.message})`)
    })
    await rename(temp, path)
    return paths.length
  } finally {
    await rm(temp, { force: true })
    await rm(around, { recursive: true, force: true })
  }
}

async function demandRecorded(folder: string, { path, sha256 }: Artifact): Promise<void> {
  const found = await digest(join(folder, ...path.split('/'))).catch(() => null)
  if (found?.sha256 === sha256) return
  throw new InputError(
    `${path}: ${found === null ? 'is gone' : 'was changed'} since the run was recorded; it is not packed`,
  )
}
