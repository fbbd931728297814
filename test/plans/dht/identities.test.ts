import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { writeIdentities } from '../../../plans/libp2p/index.ts'
import { describe } from '../../suite.ts'

const program = resolve(import.meta.dirname, '../../../plans/dht/dist/identities.js')
const folder = mkdtempSync(join(tmpdir(), 'identities-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

describe('the program that makes identities', (test) => {
  test('writes the same in threads as in one, and tells how far it is', async () => {
    const [threads, one] = [join(folder, 'threads'), join(folder, 'one')]
    const { status, stdout } = spawnSync(process.execPath, [program, '3', '6000', threads], { encoding: 'utf8' })
    assert.is(status, 0)
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly derived: number })
    assert.equal(told.at(-1), { derived: 6000 })
    assert.ok(told.length >= 6)
    await writeIdentities({ seed: 3, size: 6000, file: one, derived: () => {} })
    assert.ok(readFileSync(threads).equals(readFileSync(one)))
  })

  test('says how it is called, and why there is no file', () => {
    const called = (...args: readonly string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
    const usage = called('3')
    assert.is(usage.status, 2)
    assert.match(usage.stderr, 'write: identities.js <seed> <nodes> <file>')
    const failed = called('3', '10', join(folder, 'nowhere', 'ids'))
    assert.is(failed.status, 1)
    assert.match(failed.stderr, 'ENOENT')
  })
})
