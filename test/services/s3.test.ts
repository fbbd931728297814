// time limit: 300 s
import { randomBytes } from 'node:crypto'
import { HeadObjectCommand, ListMultipartUploadsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import * as assert from 'uvu/assert'
import { openStore } from '../../kernel-lib/store/open.ts'
import type { ArtifactStore } from '../../kernel-lib/store/store.ts'
import { content, fails, read, stream } from '../kernel-lib/store/content.ts'
import { describe } from '../suite.ts'
import { makes, type S3Server } from './s3-server.ts'

const mebibyte = 1 << 20
const noise = randomBytes(20 * mebibyte)

async function* chunked(bytes: Buffer, failAt = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += mebibyte) {
    if (at >= failAt) throw new Error('the disk was pulled out')
    yield bytes.subarray(at, at + mebibyte)
  }
}

for (const make of makes())
  describe(
    `a store on ${make.name}`,
    (test) => {
      let server: S3Server
      let counter = 0
      test.before(async () => {
        server = await make.open()
      })
      test.after(() => server.stop())
      const fresh = (): ArtifactStore => openStore(server.url(`lab/${counter++}`))
      const at = (store: ArtifactStore, key: string) => ({
        Bucket: server.bucket,
        Key: `${store.name.slice(`s3://${server.bucket}/`.length)}/${key}`,
      })

      test('gives back what was put, of any size, compressed where that pays', async () => {
        const store = fresh()
        const text = Buffer.from(
          '{"rtt_ms":12.5,"peer":"QmNet43MiibBJ2TWBQYQGiFqDy3HNLp3biAEp7f9B7wvtu"}\n'.repeat(200_000),
        )
        for (const [key, bytes] of [
          ['r/g/0/empty', Buffer.alloc(0)],
          ['r/g/0/run.out', Buffer.from('hello')],
          ['r/g/0/a name – with ünicode +&?%.txt', Buffer.from('odd')],
          ['r/g/1/noise', noise],
          ['r/g/1/lookups.ndjson', text],
        ] as const) {
          const { sentBytes } = await store.put(key, chunked(bytes), content(bytes))
          if (bytes === text) assert.ok(sentBytes < text.length / 10, `${sentBytes} bytes`)
          assert.ok(Buffer.compare(await read(store.get(key, content(bytes).sha256)), bytes) === 0, key)
          assert.ok(Buffer.compare(await read(store.get(key, null)), bytes) === 0, key)
          assert.ok(await store.has(key))
        }
        assert.is((await store.list('r/g/0/')).length, 3)
        assert.not(await store.has('r/g/9/none'))
      })

      test('lists more keys than a page holds, and the folders of runs', async () => {
        const store = fresh()
        const keys = Array.from({ length: 1100 }, (_, index) => `r1/g/${index}/f`)
        for (let from = 0; from < keys.length; from += 20)
          await Promise.all(keys.slice(from, from + 20).map((key) => store.put(key, stream(key), content(key))))
        await store.put('r2/record.json', stream('{}'), content('{}'))
        assert.equal(await store.list('r1/'), [...keys].sort())
        assert.equal(await store.folders(''), ['r1', 'r2'])
        assert.equal(await store.folders('r1'), ['g'])
        assert.is((await store.folders('r1/g')).length, 1100)
      })

      test('never overwrites: the same again moves nothing, anything else is refused', async () => {
        const store = fresh()
        for (const [key, bytes] of [
          ['r/a', Buffer.from('one')],
          ['r/b', noise],
        ] as const) {
          assert.ok((await store.put(key, chunked(bytes), content(bytes))).sentBytes >= bytes.length)
          assert.equal(await store.put(key, chunked(bytes), content(bytes)), { sentBytes: 0 })
          await fails(store.put(key, stream('two'), content('two')), new RegExp(`${key}: holds other content`))
          assert.ok(Buffer.compare(await read(store.get(key, null)), bytes) === 0)
        }
      })

      test('lets one alone win of many that put different content at once', async () => {
        const bodies = Array.from({ length: 16 }, (_, index) => `body ${index}`)
        const url = server.url('race')
        const puts = await Promise.allSettled(
          bodies.map((body) => openStore(url).put('r/a', stream(body), content(body))),
        )
        const won = bodies.filter((_, index) => puts[index]?.status === 'fulfilled')
        assert.is(won.length, 1)
        assert.is(String(await read(openStore(url).get('r/a', null))), won[0])
        assert.equal(await openStore(url).list(''), ['r/a'])
      })

      test('refuses bytes that are not those of the checksum, and keeps nothing of them', async () => {
        const store = fresh()
        await fails(store.put('r/a', stream('cut'), content('whole')), /r\/a: its SHA-256 is/)
        await fails(store.put('r/b', chunked(noise), { ...content('x'), bytes: noise.length }), /r\/b: its SHA-256 is/)
        assert.equal(await store.list(''), [])
        const uploads = await server.client.send(
          new ListMultipartUploadsCommand({ Bucket: server.bucket, Prefix: at(store, 'r/b').Key }),
        )
        assert.equal(uploads.Uploads ?? [], [])
      })

      test('takes up a large file where it was broken off', async () => {
        const store = fresh()
        await fails(store.put('r/a', chunked(noise, 18 * mebibyte), content(noise)), /the disk was pulled out/)
        assert.not(await store.has('r/a'))
        const { sentBytes } = await store.put('r/a', chunked(noise), content(noise))
        assert.is(sentBytes, 4 * mebibyte)
        assert.ok(Buffer.compare(await read(store.get('r/a', content(noise).sha256)), noise) === 0)
      })

      test('begins a large file anew where other content was broken off under its key', async () => {
        const store = fresh()
        const other = randomBytes(20 * mebibyte)
        await fails(store.put('r/a', chunked(other, 18 * mebibyte), content(other)), /the disk was pulled out/)
        await store.put('r/a', chunked(noise), content(noise))
        assert.ok(Buffer.compare(await read(store.get('r/a', null)), noise) === 0)
      })

      test('names the key of an object that was changed or cut behind its back, on the way in and out', async () => {
        const store = fresh()
        const text = 'some text that pays to be packed '.repeat(1000)
        await store.put('r/text', stream(text), content(text))
        await store.put('r/noise', chunked(noise), content(noise))
        const { Metadata } = await server.client.send(new HeadObjectCommand(at(store, 'r/text')))
        const overwrite = (key: string, Body: Buffer, metadata = Metadata) =>
          server.client.send(new PutObjectCommand({ ...at(store, key), Body, ...(metadata && { Metadata: metadata }) }))
        const kept = await read(store.get('r/text', null))
        assert.is(String(kept), text)
        for (const [body, message] of [
          [Buffer.from('no gzip at all, and of another size'), /r\/text: cannot be unpacked/],
          [Buffer.from('1f8b0800000000000003', 'hex'), /r\/text: cannot be unpacked/],
        ] as const) {
          await overwrite('r/text', body)
          await fails(read(store.get('r/text', content(text).sha256)), message)
          await fails(store.put('r/text', stream(text), content(text)), /r\/text: was cut or changed in the store/)
        }
        const plain = { ...Metadata, 'hoplab-sha256': content(noise).sha256, 'hoplab-encoding': 'identity' }
        await overwrite('r/noise', noise.subarray(0, 1000), plain)
        await fails(read(store.get('r/noise', content(noise).sha256)), /r\/noise: its SHA-256 is .* changed or cut/)
        await fails(store.put('r/noise', chunked(noise), content(noise)), /r\/noise: was cut or changed in the store/)
        await overwrite('r/noise', Buffer.from('strange'), {})
        await fails(store.put('r/noise', chunked(noise), content(noise)), /r\/noise: is there, and not put by hoplab/)
      })

      test('says what is wrong with a key, a bucket, an address, and what to do', async () => {
        const { endpoint, bucket } = server
        const nowhere = openStore(`s3://no-such-bucket-hoplab/x?endpoint=${endpoint}&region=us-east-1`)
        for (const work of [
          () => nowhere.put('r/a', stream('x'), content('x')),
          () => nowhere.list('r/'),
          () => read(nowhere.get('r/a', null)),
        ]) {
          const error = await fails(
            work(),
            /s3:\/\/no-such-bucket-hoplab\/x\/r\/.*no bucket no-such-bucket-hoplab.*aws s3 mb/,
          )
          assert.is(error.name, 'AbsentError')
        }
        const before = process.env.AWS_SECRET_ACCESS_KEY
        process.env.AWS_SECRET_ACCESS_KEY = 'wrong-secret'
        const strange = openStore(`s3://${bucket}/x?endpoint=${endpoint}&region=us-east-1`)
        const put = fails(
          strange.put('r/a', stream('x'), content('x')),
          /x\/r\/a: .* refuses the credentials \(Sign.*AWS_/,
        )
        assert.is((await put).name, 'InputError')
        await fails(strange.list('r/'), /refuses the credentials/)
        process.env.AWS_SECRET_ACCESS_KEY = before
        const silent = openStore(`s3://${bucket}/x?endpoint=http://127.0.0.1:1&region=us-east-1`)
        await fails(silent.has('r/a'), /x\/r\/a: http:\/\/127.0.0.1:1 does not answer \(ECONNREFUSED\); start it/)
        await fails(read(fresh().get('r/none', null)), /r\/none: there is no such key/)
      })

      test('is a server that refuses bytes with a wrong MD5, on which the store relies', async () => {
        const input = { ...at(fresh(), 'r/a'), Body: Buffer.from('x'), ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' }
        await fails(server.client.send(new PutObjectCommand(input)), /./)
      })
    },
    [make.need],
  )
