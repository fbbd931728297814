import { createHash } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { folderStore } from '../../../kernel-lib/store/folder.ts'
import { openStore } from '../../../kernel-lib/store/open.ts'
import { describe } from '../../suite.ts'
import { freshFolder } from '../run/fresh-folder.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
async function* bytes(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}
async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let all = ''
  for await (const chunk of stream) all += Buffer.from(chunk).toString()
  return all
}
const fails = (promise: Promise<unknown>, message: RegExp): Promise<void> =>
  promise.then(
    () => assert.unreachable(`nothing failed; expected ${message}`),
    (error: Error) => assert.match(error.message, message),
  )

describe('a folder store', (test) => {
  test('gives back what was put, and lists it by prefix', async () => {
    const store = folderStore(freshFolder())
    await store.put('r1/single/0/run.out', bytes('hel', 'lo'), sha256('hello'))
    await store.put('r1/single/10/a/b.bin', bytes(''), sha256(''))
    await store.put('r2/record.json', bytes('{}'), sha256('{}'))
    assert.is(await text(store.get('r1/single/0/run.out', sha256('hello'))), 'hello')
    assert.equal(await store.list('r1/'), ['r1/single/0/run.out', 'r1/single/10/a/b.bin'])
    assert.equal([await store.has('r2/record.json'), await store.has('r2/nothing')], [true, false])
  })

  test('refuses bytes that are not those of the checksum, and keeps nothing of them', async () => {
    const folder = freshFolder()
    const store = folderStore(folder)
    await fails(store.put('r/g/0/f', bytes('cut'), sha256('whole')), /SHA-256 .* should be/)
    assert.equal(await store.list(''), [])
    assert.equal(
      readdirSync(folder).filter((name) => name.includes('.tmp')),
      [],
    )
  })

  test('tells at the end of reading that bytes were changed', async () => {
    const folder = freshFolder()
    const store = folderStore(folder)
    await store.put('r/g/0/f', bytes('whole'), sha256('whole'))
    writeFileSync(join(folder, 'r/g/0/f'), 'other')
    await fails(text(store.get('r/g/0/f', sha256('whole'))), /changed or cut/)
    await fails(text(store.get('r/g/0/none', null)), /is not in the store/)
  })

  test('never overwrites: the same again is fine, anything else is refused', async () => {
    const store = folderStore(freshFolder())
    await store.put('k/a', bytes('one'), sha256('one'))
    await store.put('k/a', bytes('one'), sha256('one'))
    await fails(store.put('k/a', bytes('two'), sha256('two')), /should be/)
    assert.is(await text(store.get('k/a', null)), 'one')
  })

  test('takes no key that leads out of it', async () => {
    const store = folderStore(freshFolder())
    for (const key of ['../x', 'a/../../x', '/etc/x', '', 'a//b', 'a\\..\\b', 'a/./b'])
      await fails(store.put(key, bytes(''), sha256('')), /no path inside the store/)
  })
})

describe('--store', (test) => {
  test('takes a folder, says what it lacks, and refuses other schemes', () => {
    assert.ok(openStore('some/folder'))
    assert.ok(openStore('file:///some/folder'))
    assert.throws(
      () => openStore('s3://bucket/x'),
      (error: Error) => error.name === 'AbsentError',
    )
    assert.throws(
      () => openStore('ftp://x'),
      (error: Error) => error.name === 'InputError',
    )
  })
})
