import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { findRun } from '../../../kernel-lib/run/find-run.ts'
import { makeWhole } from '../../../kernel-lib/run/make-folder.ts'
import { thisOwner } from '../../../kernel-lib/run/owner.ts'
import { runsFolderOf } from '../../../kernel-lib/run/runs-folder.ts'
import { settle } from '../../../kernel-lib/run/settle.ts'
import { describe } from '../../suite.ts'
import { freshFolder } from './fresh-folder.ts'

function runs(...ids: readonly string[]): string {
  const folder = freshFolder()
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
    assert.match(await refusal('', folder), 'run "": write an id')
  })

  test('a path names the folder, also one without a slash', async () => {
    await inFolder(runs('01KA1'), async () => assert.is(await findRun('01KA1', 'elsewhere'), '01KA1'))
  })
})

async function inFolder(folder: string, body: () => unknown): Promise<void> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    await body()
  } finally {
    process.chdir(before)
  }
}

describe('the folder of runs', (test) => {
  test('stands at the root of the workspace, whichever folder of it one is in, and is shown from there', async () => {
    const root = realpathSync(freshFolder())
    mkdirSync(join(root, 'notebooks/deep'), { recursive: true })
    writeFileSync(join(root, 'package.json'), '{"hoplab":{}}')
    await inFolder(root, () => assert.is(runsFolderOf(), 'runs'))
    await inFolder(join(root, 'notebooks/deep'), () => {
      assert.is(runsFolderOf(), '../../runs')
      assert.is(runsFolderOf('mine'), 'mine')
    })
  })

  test('stands in the current folder where there is no workspace', async () => {
    await inFolder(freshFolder(), () => assert.is(runsFolderOf(), 'runs'))
  })
})

describe('a folder of a run that is being made', (test) => {
  const id = '01KABCDEFGHJKMNPQRSTVWXYZ0'

  test('takes its place whole, and a failure leaves nothing', async () => {
    const runsFolder = freshFolder()
    const made = makeWhole(runsFolder, id, async (folder) => {
      writeFileSync(join(folder, 'record.json'), '{}')
      throw new Error('the disk is full')
    })
    assert.is(await made.then(String, (error: Error) => error.message), 'the disk is full')
    assert.not.ok(existsSync(join(runsFolder, id)))
    assert.not.ok(existsSync(join(runsFolder, `.${id}.tmp`)))
  })

  test('that cannot be made says where, and what to write', async () => {
    const file = join(freshFolder(), 'a-file')
    writeFileSync(file, '')
    const message = await makeWhole(file, id, async () => {}).then(String, (error: Error) => `${error}`)
    assert.match(message, /^InputError: .*a-file: cannot be written to \(ENOTDIR.*; write another folder with --runs/)
    assert.match(await refusal(undefined, file), /a-file: cannot be read as a folder of runs \(ENOTDIR/)
  })

  test('goes when its owner is gone, and stays while it lives', async () => {
    const runsFolder = freshFolder()
    const abandoned = `.${id.replace('Z', 'Y')}.tmp`
    for (const [name, owner] of [
      [`.${id}.tmp`, thisOwner()],
      [abandoned, { ...thisOwner(), start: 'another time' }],
      ['.mine.tmp', { ...thisOwner(), start: 'another time' }],
    ] as const) {
      mkdirSync(join(runsFolder, name))
      writeFileSync(join(runsFolder, name, 'owner.json'), JSON.stringify(owner))
    }
    await settle(runsFolder)
    assert.equal(
      [`.${id}.tmp`, abandoned, '.mine.tmp'].map((name) => existsSync(join(runsFolder, name))),
      [true, false, true],
    )
  })
})
