import * as assert from 'uvu/assert'
import { type InfluxAddress, influxAddress } from '../../collectors/influx/address.ts'
import { ask } from '../../collectors/influx/http.ts'
import { influxql } from '../../collectors/influx/query.ts'
import { probe } from '../../collectors/influx/server.ts'
import { openWriter } from '../../collectors/influx/writer.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe } from '../suite.ts'
import { madePoints } from './influx-points.ts'
import { type ServerName, startMetrics } from './influx-server.ts'
import { influx16, influx18, victoria } from './needs.ts'

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was refused',
    (error: Error) => `${error.name}: ${error.message}`,
  )
}

async function sent(address: InfluxAddress, count: number): Promise<void> {
  const writer = await openWriter(address, { bufferFolder: freshFolder() })
  try {
    await writer.write(madePoints(0, count))
    await writer.drained(20_000)
  } finally {
    await writer.close()
  }
}

describe(
  'victoria-metrics',
  (test) => {
    test('takes every number, and what it lacks is said', async () => {
      const server = await startMetrics('victoria-metrics')
      try {
        const address = influxAddress(server.url, '')
        const found = await probe(address)
        assert.equal([found.name, found.writes, found.influxql, found.flux], ['VictoriaMetrics', 'v1', false, false])
        assert.match(found.lacks.join(' '), /neither InfluxQL nor Flux.*text fields are dropped/s)
        await sent(address, 12_000)
        await ask(address, '/internal/force_flush')
        const { text } = await ask(address, '/api/v1/export?match[]=made_value&start=0')
        const series = text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { values: number[] })
        assert.is(series.length, 20)
        assert.is(
          series.reduce((sum, { values }) => sum + values.length, 0),
          12_000,
        )
      } finally {
        await server.stop()
      }
    })
  },
  [victoria],
)

for (const [name, need] of [
  ['influxdb-1.6', influx16],
  ['influxdb-1.8', influx18],
] as const)
  describe(`${name} with passwords`, (test) => behindPasswords(test, name), [need])

function behindPasswords(test: Parameters<Parameters<typeof describe>[1]>[0], name: ServerName): void {
  test('takes user and password, and a wrong one is a clear error', async () => {
    const server = await startMetrics(name, { auth: true })
    try {
      const open = influxAddress(server.url, '')
      await influxql(open, `CREATE USER "root" WITH PASSWORD 'right' WITH ALL PRIVILEGES`)
      const right = influxAddress(server.url, 'root:right')
      await influxql(right, `CREATE USER "guest" WITH PASSWORD 'guest'`)
      await sent(right, 100)
      assert.is((await influxql(right, 'SELECT count(value) AS n FROM made'))[0]?.n, 100)
      const wrong = influxAddress(`${server.url.replace('//', '//root:wrong@')}`, '')
      const said = await refusal(sent(wrong, 1))
      assert.match(said, /^InputError: http.*refuses us \(401.*INFLUX_TOKEN.*wait on disk/)
      assert.not.match(said, /wrong@/)
      assert.match(
        await refusal(sent(influxAddress(`${server.url}?db=other`, 'guest:guest'), 1)),
        /^InputError: .*40[13]/,
      )
    } finally {
      await server.stop()
    }
  })
}

describe('the way to a metrics server', (test) => {
  test('an address is checked before anything is sent, and its password is not told', () => {
    assert.throws(() => influxAddress('localhost:8086'), /write the server's address/)
    assert.throws(() => influxAddress('http://h:1?bucket=x'), /the parameters are db and org/)
    assert.throws(
      () => influxAddress('ftp://me:secret@h'),
      (error: Error) => !error.message.includes('secret'),
    )
    assert.equal(influxAddress('http://me:pa%3Ass@h:1/?db=d&org=o', 't'), {
      url: 'http://h:1',
      database: 'd',
      org: 'o',
      token: 'me:pa:ss',
    })
  })

  test('where nothing answers, points wait, writing waits when the buffer is full, and giving up says where they are', async () => {
    const bufferFolder = freshFolder()
    const address = influxAddress('http://127.0.0.1:9', '')
    const writer = await openWriter(address, { bufferFolder, bufferBytes: 200_000 })
    await writer.write(madePoints(0, 5000))
    const more = writer.write(madePoints(5000, 10)).then(() => 'written')
    assert.is(await Promise.race([more, new Promise((resolve) => setTimeout(() => resolve('waits'), 300))]), 'waits')
    assert.match(
      await refusal(writer.drained(300)),
      /^AbsentError: http:\/\/127.0.0.1:9: .*nothing answers.*bytes of points wait/,
    )
    await writer.close()
    assert.match(await refusal(more), /closed/)
  })
})
