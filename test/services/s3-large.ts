// A run of 10,000 files and one of 2 GiB on its way to a server and back, with everybody killed in the middle: node s3-large.ts [MAKE] [FILES] [BYTES].
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ListMultipartUploadsCommand, ListPartsCommand } from '@aws-sdk/client-s3'
import * as assert from 'uvu/assert'
import { demandWhole, type Journey, keysThere, killWhen, saidBy, startCollect, startPull } from './collect-facts.ts'
import { writeLargeRun } from './large-run.ts'
import { makes } from './s3-server.ts'

const [, , name, files = '10000', bytes = String(2 ** 31)] = process.argv
const mostPeakBytes = 300e6
const folder = mkdtempSync(join(tmpdir(), 'hoplab-s3-large-'))
const make = makes().find((one) => name === undefined || one.name === name)
if (make === undefined)
  throw new Error(
    `${name}: there are ${makes()
      .map((one) => one.name)
      .join(', ')}`,
  )
const server = await make.open({ folder: join(folder, 'server') })
const begunMs = Date.now()
const tell = (line: string): void => console.log(`${((Date.now() - begunMs) / 1000).toFixed(1).padStart(7)} s  ${line}`)

/** Parts of the large file that are in the server while it is not complete. */
async function partsThere(): Promise<number> {
  const { Uploads = [] } = await server.client.send(
    new ListMultipartUploadsCommand({ Bucket: server.bucket, Prefix: `lab/${journey.record.run}/all/0/capture.bin` }),
  )
  const [upload] = Uploads
  if (upload === undefined) return 0
  const at = { Bucket: server.bucket, Key: upload.Key, UploadId: upload.UploadId }
  const { Parts = [] } = await server.client.send(new ListPartsCommand(at))
  return Parts.length
}

async function restart(): Promise<void> {
  await server.kill?.()
  tell('the server is killed')
  await delay(5000)
  await server.start()
  tell('the server is there again')
}

async function up(): Promise<void> {
  await killWhen(startCollect(journey), async () => (await keysThere(journey)).length, Number(files) / 3)
  const some = (await keysThere(journey)).length
  tell(`the collector is killed, ${some} files are there`)
  await killWhen(startCollect(journey), partsThere, Number(bytes) / 2 ** 23 / 3)
  const [keys, parts] = [(await keysThere(journey)).length, await partsThere()]
  tell(`the collector is killed, ${keys} files and ${parts} parts of the large one are there`)
  const last = startCollect(journey)
  while ((await partsThere()) < (Number(bytes) / 2 ** 23 / 3) * 2) await delay(200)
  await restart()
  const { files: all, moved, peakBytes } = await saidBy(last)
  tell(`collected: ${moved.files} of ${all} files moved, ${moved.bytes} bytes; peak ${peakBytes} bytes`)
  assert.is(moved.files, all - keys)
  assert.ok(moved.bytes < Number(bytes) - (parts - 4) * 2 ** 23 + 1e6, 'parts moved again that were there')
  assert.ok(peakBytes < mostPeakBytes, 'memory')
  const again = await saidBy(startCollect(journey))
  tell(`collected again: ${again.moved.files} files moved; peak ${again.peakBytes} bytes`)
  assert.is(again.moved.files, 0)
}

async function down(): Promise<void> {
  const to = join(folder, 'pulled')
  const inside = join(to, journey.record.run)
  const there = (): readonly string[] =>
    existsSync(inside)
      ? readdirSync(inside, { recursive: true, encoding: 'utf8' }).filter((path) => /file-/.test(path))
      : []
  await killWhen(startPull(journey, to), async () => there().length, Number(files) / 3)
  const some = there().length
  tell(`the pull is killed, ${some} files are there`)
  const last = startPull(journey, to)
  while (there().length < Number(files)) await delay(100)
  await restart()
  const { files: all, moved, peakBytes } = await saidBy(last)
  tell(`pulled: ${moved.files} of ${all} files moved, ${moved.bytes} bytes; peak ${peakBytes} bytes`)
  assert.ok(moved.files <= all - some)
  assert.ok(peakBytes < mostPeakBytes, 'memory')
  await demandWhole(to, journey.record)
  tell('every file is as it was recorded')
}

const runs = join(folder, 'runs')
const record = await writeLargeRun(runs, {
  run: '01KALARGE00000000000000000',
  files: Number(files),
  largeBytes: Number(bytes),
})
const journey: Journey = { server, runs, record, prefix: 'lab' }
tell(`made ${record.artifacts.length} files`)
try {
  await up()
  await down()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
