import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import * as assert from 'uvu/assert'

/** Holds text to what it was: a missing golden is written, except in CI; on a difference the new text lies beside it as `-changed`. */
export function golden(file: string, text: string): void {
  if (!existsSync(file)) {
    if (process.env.CI || process.env.HOPLAB_NO_SKIP) assert.unreachable(`golden ${file} is missing`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const changed = `${file.slice(0, -extname(file).length)}${extname(file)}-changed`
  if (readFileSync(file, 'utf8') === text) rmSync(changed, { force: true })
  else writeFileSync(changed, text)
  assert.fixture(text, readFileSync(file, 'utf8'))
}
