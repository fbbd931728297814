import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { findRun } from '../../../kernel-lib/run/find-run.ts'
import { describe } from '../../suite.ts'

function runs(...ids: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-find-'))
  for (const id of ids) {
    mkdirSync(join(folder, id))
    writeFileSync(join(folder, id, 'record.json'), '{}')
  }
  mkdirSync(join(folder, 'notebooks'))
  return folder
}

async function refusal(name: string | undefined, folder: string): Promise<string> {
  return findRun(name, folder).then(
    (found) => `found ${found}`,
    (error: Error) => error.message,
  )
}

describe('finding a run', (test) => {
  test('a beginning that one run has names it, in either case', async () => {
    const folder = runs('01KA1', '01KB2')
    assert.is(await findRun('01kb', folder), join(folder, '01KB2'))
  })

  test('no name means the newest, and folders that are no run are passed over', async () => {
    const folder = runs('01KA1', '01KB2')
    assert.is(await findRun(undefined, folder), join(folder, '01KB2'))
  })

  test('a beginning of several, of none, and a folder without runs say what to write', async () => {
    const folder = runs('01KA1', '01KA2')
    assert.match(await refusal('01KA', folder), '2 runs begin so')
    assert.match(await refusal('01KX', folder), 'there are 01KA1, 01KA2')
    assert.match(await refusal(undefined, runs()), 'hoplab run plans/dht')
  })
})
