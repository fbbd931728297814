import { randomBytes } from 'node:crypto'
import * as assert from 'uvu/assert'
import { clash, stepsOf } from '../../../kernel-lib/store/key.ts'
import { openStore } from '../../../kernel-lib/store/open.ts'
import { openBucket } from '../../../kernel-lib/store/s3/client.ts'
import { parseLocation } from '../../../kernel-lib/store/s3/location.ts'
import { inParts, pack } from '../../../kernel-lib/store/s3/pack.ts'
import { probeConditional } from '../../../kernel-lib/store/s3/probe.ts'
import { describe } from '../../suite.ts'
import { content, fails, read, stream } from './content.ts'
import { type LyingServer, startLyingServer } from './lying-server.ts'

describe('the URL of a store in S3', (test) => {
  test('names bucket, prefix, endpoint and region', () => {
    assert.equal(parseLocation('s3://lab/a/b/?endpoint=http://127.0.0.1:9000&region=eu-west-1'), {
      bucket: 'lab',
      prefix: 'a/b/',
      endpoint: 'http://127.0.0.1:9000',
      region: 'eu-west-1',
      name: 's3://lab/a/b',
    })
    assert.equal(parseLocation('s3://lab'), {
      bucket: 'lab',
      prefix: '',
      endpoint: null,
      region: null,
      name: 's3://lab',
    })
  })

  test('is refused with what is wrong, and without the password in it', () => {
    for (const [url, message] of [
      ['s3://', /write s3:\/\/bucket\/prefix/],
      ['s3://Up_per!/x', /cannot be the name of a bucket|is no URL/],
      ['s3://lab/x?endpint=http://h', /endpint is not known/],
      ['s3://lab/x?endpoint=ftp://h', /endpoint is no http or https address/],
      ['s3://lab/a//b', /no path inside the store/],
    ] as const)
      assert.throws(() => openStore(url), message)
    assert.throws(
      () => openStore('s3://me:secret@lab/x'),
      ({ message }: Error) => message.includes('s3://lab/x') && !message.includes('secret'),
    )
  })
})

describe('keys of a store', (test) => {
  test('are paths that every server can keep', () => {
    assert.equal(stepsOf('r/g/0/a b'), ['r', 'g', '0', 'a b'])
    for (const key of ['../x', 'a//b', '', 'a/', `a/${'x'.repeat(256)}`, `${'abc/'.repeat(300)}d`])
      assert.throws(() => stepsOf(key), /no path inside the store|too long/)
  })

  test('clash where one is the folder of another', () => {
    assert.is(clash(['a/b', 'a/bc', 'a/c/d']), null)
    assert.equal(clash(['a/b/c', 'x', 'a/b']), ['a/b', 'a/b/c'])
  })
})

describe('what is sent', (test) => {
  test('is compressed where that pays, the same each time', async () => {
    const text = Buffer.from('{"a":1,"b":"xyz"}\n'.repeat(100_000))
    const [once, twice] = [await pack(stream(text)), await pack(stream(text.subarray(0, 7), text.subarray(7)))]
    assert.is(once.encoding, 'gzip')
    const [a, b] = [await read(once.bytes), await read(twice.bytes)]
    assert.ok(a.length > 0 && Buffer.compare(a, b) === 0)
    assert.is((await pack(stream(randomBytes(4000)))).encoding, 'identity')
    assert.is((await pack(stream(''))).encoding, 'identity')
  })

  test('is cut into parts of one size', async () => {
    const sizes: number[] = []
    for await (const part of inParts(stream('abc', 'defghij', '', 'k'), 4)) sizes.push(part.length)
    assert.equal(sizes, [4, 4, 3])
  })
})

describe('a server that claims conditional puts and does not honour them', (test) => {
  let server: LyingServer
  const keys = { id: process.env.AWS_ACCESS_KEY_ID, secret: process.env.AWS_SECRET_ACCESS_KEY }
  const url = () => `s3://lab/x?endpoint=${server.endpoint}`
  test.before(async () => {
    process.env.AWS_ACCESS_KEY_ID ??= 'any'
    process.env.AWS_SECRET_ACCESS_KEY ??= 'any'
    server = await startLyingServer()
  })
  test.after(async () => {
    if (keys.id === undefined) delete process.env.AWS_ACCESS_KEY_ID
    if (keys.secret === undefined) delete process.env.AWS_SECRET_ACCESS_KEY
    await server.stop()
  })

  test('is seen through by a race, which leaves nothing', async () => {
    assert.is(await probeConditional(openBucket(parseLocation(url()))), false)
    assert.is(server.objects.size, 0)
  })

  test('still gets nothing put over what is there', async () => {
    const store = openStore(url())
    await store.put('r/a', stream('one'), content('one'))
    assert.equal(await store.put('r/a', stream('one'), content('one')), { sentBytes: 0 })
    await fails(store.put('r/a', stream('two'), content('two')), /r\/a: holds other content/)
    assert.is(String(await read(store.get('r/a', content('one').sha256))), 'one')
    assert.equal([...server.objects.keys()], ['/lab/x/r/a'])
  })
})
