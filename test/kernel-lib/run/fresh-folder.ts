import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new empty folder that is gone when the suite's process ends. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-test-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
