import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { digest, listArtifacts } from '../artifacts.ts'
import type { Artifact } from '../record.ts'

const single = 'composition.toml'

/** Files of a run's folder that belong to the run and stand in no record: its composition and the schemas of its records. */
export async function companions(folder: string): Promise<readonly Artifact[]> {
  const composition = existsSync(join(folder, single))
    ? [{ path: single, ...(await digest(join(folder, single))) }]
    : []
  return [...composition, ...(await listArtifacts(folder, 'schemas'))]
}

/** Whether a path in a run's folder is that of a companion. */
export function isCompanion(path: string): boolean {
  return path === single || /^schemas\/[^/]+$/.test(path)
}
