import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { folderStore } from '../../../kernel-lib/store/folder.ts'
import { openStore } from '../../../kernel-lib/store/open.ts'
import { describe } from '../../suite.ts'
import { freshFolder } from '../run/fresh-folder.ts'
import { content, fails, read, stream } from './content.ts'

describe('a folder store', (test) => {
  test('gives back what was put, and lists it by prefix', async () => {
    const store = folderStore(freshFolder())
    await store.put('r1/single/0/run.out', stream('hel', 'lo'), content('hello'))
    await store.put('r1/single/10/a/b.bin', stream(''), content(''))
    await store.put('r2/record.json', stream('{}'), content('{}'))
    assert.is(String(await read(store.get('r1/single/0/run.out', content('hello').sha256))), 'hello')
    assert.equal(await store.folders(''), ['r1', 'r2'])
    assert.equal(await store.list('r1/'), ['r1/single/0/run.out', 'r1/single/10/a/b.bin'])
    assert.equal([await store.has('r2/record.json'), await store.has('r2/nothing')], [true, false])
  })

  test('refuses bytes that are not those of the checksum, and keeps nothing of them', async () => {
    const folder = freshFolder()
    const store = folderStore(folder)
    await fails(store.put('r/g/0/f', stream('cut'), content('whole')), /SHA-256 .* should be/)
    assert.equal(await store.list(''), [])
    assert.equal(
      readdirSync(folder).filter((name) => name.includes('.tmp')),
      [],
    )
  })

  test('tells at the end of reading that bytes were changed', async () => {
    const folder = freshFolder()
    const store = folderStore(folder)
    await store.put('r/g/0/f', stream('whole'), content('whole'))
    writeFileSync(join(folder, 'r/g/0/f'), 'other')
    await fails(read(store.get('r/g/0/f', content('whole').sha256)), /changed or cut/)
    await fails(read(store.get('r/g/0/none', null)), /is not in the store/)
  })

  test('never overwrites: the same again is fine, anything else is refused', async () => {
    const store = folderStore(freshFolder())
    await store.put('k/a', stream('one'), content('one'))
    await store.put('k/a', stream('one'), content('one'))
    await fails(store.put('k/a', stream('two'), content('two')), /should be/)
    assert.is(String(await read(store.get('k/a', null))), 'one')
  })

  test('takes no key that leads out of it', async () => {
    const store = folderStore(freshFolder())
    for (const key of ['../x', 'a/../../x', '/etc/x', '', 'a//b', 'a\\..\\b', 'a/./b'])
      await fails(store.put(key, stream(''), content('')), /no path inside the store/)
  })
})

describe('--store', (test) => {
  test('takes a folder and a bucket, and refuses other schemes', () => {
    assert.ok(openStore('some/folder'))
    assert.ok(openStore('file:///some/folder'))
    assert.ok(openStore('s3://bucket/x'))
    assert.throws(
      () => openStore('ftp://x'),
      (error: Error) => error.name === 'InputError',
    )
  })
})
