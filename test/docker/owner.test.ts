// time limit: 120 s
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSocket } from '../../kernel-lib/harness/docker/engine.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

const nobody = 65534

/** Runs a command as somebody who is not root and may use the engine. */
function asNobody(command: string, args: readonly string[], home: string): string {
  const group = String(statSync(engineSocket() ?? '').gid)
  const who = ['--reuid', String(nobody), '--regid', String(nobody), '--groups', group]
  const env = { ...process.env, HOME: home, TMPDIR: home }
  return execFileSync('setpriv', [...who, command, ...args], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

describe(
  'what a program writes as root in its image',
  (test) => {
    test('is read, recorded and removed by the user who ran it', async () => {
      const home = freshFolder()
      chownSync(home, nobody, nobody)
      const runs = join(home, 'runs')
      const options = ['--conditions=hoplab-source', '--import', 'tsx', join(import.meta.dirname, 'launch-boxed.ts')]
      const said = JSON.parse(asNobody(process.execPath, [...options, runs], home))
      assert.is(said.outcome, 'success')
      assert.ok(said.paths.includes('a/1/deep/own.txt'), said.paths.join())
      const folder = join(runs, said.run)
      const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      assert.ok(all.includes('a/0/facts.json'))
      for (const path of all) assert.is(statSync(join(folder, path)).uid, nobody, path)
      assert.is(statSync(join(folder, 'a/0')).mode & 0o777, 0o755)
      assert.equal(await leftAfter(said.run), [])
      asNobody('rm', ['-r', runs], home)
      assert.not(existsSync(runs))
    })
  },
  [engine, { name: 'root', found: () => process.getuid?.() === 0 }],
)
