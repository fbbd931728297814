import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []

/** A new empty folder that is gone when the suite's process ends. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-test-'))
  if (made.length === 0)
    process.on('exit', () => {
      for (const each of made) rmSync(each, { recursive: true, force: true })
    })
  made.push(folder)
  return folder
}
