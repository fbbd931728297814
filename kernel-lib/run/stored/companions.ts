import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { traceFile } from '../../harness/sim/settings.ts'
import { digest, listArtifacts } from '../artifacts.ts'
import type { Artifact } from '../record.ts'

const single: readonly string[] = ['composition.toml', traceFile]

/** Files of a run's folder that belong to the run and stand in no list of its record: its composition, the trace of a simulation, and the schemas of its records. */
export async function companions(folder: string): Promise<readonly Artifact[]> {
  const there = single.filter((path) => existsSync(join(folder, path)))
  const files = there.map(async (path) => ({ path, ...(await digest(join(folder, path))) }))
  return [...(await Promise.all(files)), ...(await listArtifacts(folder, 'schemas'))]
}

/** Whether a path in a run's folder is that of a companion. */
export function isCompanion(path: string): boolean {
  return single.includes(path) || /^schemas\/[^/]+$/.test(path)
}
