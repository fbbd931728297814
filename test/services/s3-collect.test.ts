// time limit: 300 s
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { openStore } from '../../kernel-lib/store/open.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { content, read, stream } from '../kernel-lib/store/content.ts'
import { describe } from '../suite.ts'
import {
  demandWhole,
  emptied,
  type Journey,
  keysThere,
  killWhen,
  saidBy,
  startCollect,
  startPull,
} from './collect-facts.ts'
import { writeLargeRun } from './large-run.ts'
import { firstMake, type S3Server } from './s3-server.ts'
import { startHoplab } from './start-hoplab.ts'

const mebibyte = 1 << 20
const make = firstMake()
const root = { name: 'root', found: () => process.getuid?.() === 0 }
const ownServer = { name: 'a server of ours', found: () => process.env.HOPLAB_S3_ENDPOINT === undefined }

describe(
  `a run on its way to ${make.name} and back`,
  (test) => {
    let server: S3Server
    let journey: Journey
    let number = 0
    test.before(async () => {
      server = await make.open()
      const runs = freshFolder()
      const size = { run: '01KALARGE00000000000000000', files: 400, largeBytes: 96 * mebibyte }
      journey = { server, runs, record: await writeLargeRun(runs, size), prefix: '' }
    })
    test.after(() => server.stop())
    const fresh = (): Journey => ({ ...journey, prefix: `lab/${number++}` })

    test('is whole after it was collected and pulled, and again nothing moves', async () => {
      const trip = fresh()
      const files = journey.record.artifacts.length + 1
      const first = await saidBy(startCollect(trip))
      assert.equal([first.files, first.moved.files], [files, files])
      assert.equal((await saidBy(startCollect(trip))).moved, { files: 0, bytes: 0 })
      const listed = await startHoplab(['runs', '--store', server.url(trip.prefix), '--json']).ended
      assert.equal(
        JSON.parse(listed.out).runs.map(({ run }: { run: string }) => run),
        [trip.record.run],
      )
      const to = freshFolder()
      assert.is((await saidBy(startPull(trip, to))).moved.files, files)
      await demandWhole(to, trip.record)
      assert.is((await saidBy(startPull(trip, to))).moved.files, 0)
    })

    test('goes on where a collector was killed, and has no record before', async () => {
      const trip = fresh()
      await killWhen(startCollect(trip), async () => (await keysThere(trip)).length, 150)
      const there = await keysThere(trip)
      assert.not(there.includes(`${trip.record.run}/record.json`))
      const { code, err } = await startPull(trip, freshFolder()).ended
      assert.is(code, 3)
      assert.match(err, /no record yet.*repeat hoplab collect 01KALARGE/)
      const again = await saidBy(startCollect(trip))
      assert.is(again.moved.files, again.files - there.length)
      const to = freshFolder()
      await saidBy(startPull(trip, to))
      await demandWhole(to, trip.record)
    })

    test('goes on where a pull was killed, and has no record before', async () => {
      const trip = fresh()
      await saidBy(startCollect(trip))
      const to = freshFolder()
      const folder = join(to, trip.record.run)
      const there = (): string[] =>
        existsSync(folder)
          ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /file-\d/.test(path))
          : []
      await killWhen(startPull(trip, to), async () => there().length, 150)
      assert.not(existsSync(join(folder, 'record.json')))
      const before = there().length
      const again = await saidBy(startPull(trip, to))
      assert.ok(again.moved.files <= again.files - before, `${again.moved.files} moved, ${before} were there`)
      await demandWhole(to, trip.record)
      assert.equal(
        readdirSync(folder).filter((name) => name.endsWith('.tmp')),
        [],
      )
    })

    test('waits for a server that is killed and started again, both ways', async () => {
      const trip = fresh()
      const collecting = startCollect(trip)
      while ((await keysThere(trip)).length < 100) await delay(20)
      await server.kill?.()
      await delay(1500)
      await server.start()
      assert.is((await saidBy(collecting)).files, trip.record.artifacts.length + 1)
      const to = freshFolder()
      const pulling = startPull(trip, to)
      while (!existsSync(join(to, trip.record.run, 'all/3'))) await delay(20)
      await server.kill?.()
      await delay(1500)
      await server.start()
      await saidBy(pulling)
      await demandWhole(to, trip.record)
    })

    test('loses nothing of a large file when the server is killed in the middle of it, both ways', async () => {
      const store = openStore(server.url('large'))
      const bytes = randomBytes(96 * mebibyte)
      let restarts = 0
      async function* broken(chunks: AsyncIterable<Uint8Array>) {
        let passed = 0
        for await (const chunk of chunks) {
          passed += chunk.length
          if (restarts === 0 && passed > bytes.length / 2) {
            restarts += 1
            await server.kill?.()
            setTimeout(() => server.start(), 700)
          }
          yield chunk
        }
      }
      const parts = Array.from({ length: 96 }, (_, index) => bytes.subarray(index * mebibyte, (index + 1) * mebibyte))
      const { sentBytes } = await store.put('r/large', broken(stream(...parts)), content(bytes))
      assert.equal([restarts, sentBytes], [1, bytes.length])
      restarts = 0
      const back = await read(broken(store.get('r/large', content(bytes).sha256)))
      assert.is(restarts, 1)
      assert.ok(Buffer.compare(back, bytes) === 0)
    })
  },
  [make.need, ownServer],
)

describe(
  `what cannot be collected in ${make.name}, or pulled`,
  (test) => {
    let server: S3Server
    test.before(async () => {
      server = await make.open()
    })
    test.after(() => server.stop())

    test('is a file that was changed since the record, and no record follows', async () => {
      const runs = freshFolder()
      const record = await writeLargeRun(runs, { run: '01KACHANGED0000000000000000', files: 20, largeBytes: 100 })
      appendFileSync(join(runs, record.run, 'all/1/file-3.ndjson'), 'more')
      const { code, err } = await startCollect({ server, runs, record, prefix: 'changed' }).ended
      assert.is.not(code, 0)
      assert.match(err, /all\/1\/file-3\.ndjson: its SHA-256 is/)
      assert.not((await openStore(server.url('changed')).list('')).includes(`${record.run}/record.json`))
    })

    test('is anything to a folder where other files lie', async () => {
      const runs = freshFolder()
      const record = await writeLargeRun(runs, { run: '01KAOTHERS00000000000000000', files: 20, largeBytes: 100 })
      const trip = { server, runs, record, prefix: 'others' }
      await saidBy(startCollect(trip))
      const to = freshFolder()
      mkdirSync(join(to, record.run, 'all/1'), { recursive: true })
      appendFileSync(join(to, record.run, 'all/1/file-3.ndjson'), 'mine')
      const { code, err } = await startPull(trip, to).ended
      assert.is(code, 2)
      assert.match(err, /all\/1\/file-3\.ndjson: is there and is not what the store has; move it away/)
      assert.not(existsSync(join(to, record.run, 'record.json')))
    })
  },
  [make.need],
)

describe(
  `a full disk under ${make.name}, or under a pull`,
  (test) => {
    test('is told with the key, and nothing of it is taken for whole', async () => {
      const disk = freshFolder()
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'hoplab-test', disk])
      assert.is(mounted.status, 0, String(mounted.stderr))
      const runs = freshFolder()
      const record = await writeLargeRun(runs, {
        run: '01KAFULL000000000000000000',
        files: 20,
        largeBytes: 60 * mebibyte,
      })
      const roomy = await make.open()
      const tight = await make.open({ folder: emptied(join(disk, 'server')) })
      try {
        const full = await startCollect({ server: tight, runs, record, prefix: 'full' }).ended
        assert.is(full.code, 3, full.err)
        assert.match(
          full.err,
          /full\/01KAFULL0+\/all\/0\/capture\.bin: the store is full .*; make room there and repeat/,
        )
        assert.not((await openStore(tight.url('full')).list('')).some((key) => /capture|record/.test(key)))
        await tight.stop()
        const trip = { server: roomy, runs, record, prefix: 'roomy' }
        await saidBy(startCollect(trip))
        const { code, err } = await startPull(trip, join(disk, 'runs')).ended
        assert.is(code, 3, err)
        assert.match(err, /roomy\/01KAFULL0+\/all\/0\/capture\.bin: .* is full \(ENOSPC.*make room/)
        const folder = join(disk, 'runs', record.run)
        assert.equal(
          [existsSync(join(folder, 'record.json')), existsSync(join(folder, 'all/0/capture.bin'))],
          [false, false],
        )
      } finally {
        await roomy.stop()
        await tight.stop()
        spawnSync('umount', ['-l', disk])
      }
    })
  },
  [make.need, root, ownServer],
)
