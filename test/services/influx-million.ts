// A million points at 5,000 a second and more, the server stopped for 30 s in the middle, the writer killed and begun anew: node influx-million.ts [influxdb-1.6|influxdb-1.8] [POINTS].
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { influxAddress } from '../../collectors/influx/address.ts'
import { influxql } from '../../collectors/influx/query.ts'
import { openWriter } from '../../collectors/influx/writer.ts'
import { type ServerName, startMetrics } from './influx-server.ts'

const [, , name = 'influxdb-1.6', given = '1000000'] = process.argv
const points = Number(given)
const perSecond = 6000
const bufferFolder = mkdtempSync(join(tmpdir(), 'hoplab-million-'))
const server = await startMetrics(name as ServerName)
const address = influxAddress(`${server.url}?db=million`, '')
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

function writing(from: number, count: number): { child: ChildProcess; over: Promise<string> } {
  const program = join(import.meta.dirname, 'influx-pace.ts')
  const words = [program, `${server.url}?db=million`, bufferFolder, String(from), String(count), String(perSecond)]
  const child = spawn(process.execPath, ['--conditions=hoplab-source', '--import', 'tsx', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.on('data', (text) => {
    told += text
  })
  return { child, over: new Promise((done) => child.once('close', () => done(told))) }
}

try {
  const started = Date.now()
  const half = points / 2
  const first = writing(0, half)
  const second = first.over.then(() => writing(half, points - half))
  await sleep((half / perSecond) * 1000 - 15_000)
  await server.halt()
  console.log(`server stopped after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  await sleep(15_000)
  console.log(`first writer: ${(await first.over).trim()}; it was killed with all of its last 15 s on disk alone`)
  await sleep(15_000)
  await server.start()
  console.log(`server is back after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  console.log(`second writer: ${(await (await second).over).trim()}`)
  const last = await openWriter(address, { bufferFolder })
  await last.drained(60_000)
  await last.close()
  const [row] = await influxql(address, 'SELECT count(value) AS n FROM made')
  console.log(`${row?.n} of ${points} points are on ${name}, after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  if (row?.n !== points) process.exitCode = 1
} finally {
  await server.stop()
  rmSync(bufferFolder, { recursive: true, force: true })
}
