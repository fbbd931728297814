// time limit: 900 s
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { influxAddress } from '../../collectors/influx/address.ts'
import { influxql } from '../../collectors/influx/query.ts'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'
import { go } from '../services/example-go.ts'
import { influx18, redisServer, s3ServerPath } from '../services/needs.ts'
import { describe } from '../suite.ts'
import { compose, engine } from './needs.ts'
import { brokenImage, grafanaStandIn, serviceImages } from './service-images.ts'

const root = resolve(import.meta.dirname, '../..')
const three = ['s3', 'influxdb', 'redis']

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function shell(line: string): Ended {
  const env = { ...process.env, HOPLAB: `${process.execPath} ${join(root, 'kernel-lib/bin/hoplab.js')}` }
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', line], { cwd: root, env, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** A folder of services of its own; whatever happens, nothing of it stays. */
async function inFolder(use: (folder: string, services: (line: string) => Ended) => Promise<void>): Promise<void> {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-services-'))
  const services = (line: string): Ended => shell(`$HOPLAB services ${line} --folder ${folder}`)
  try {
    await use(folder, services)
  } finally {
    services('down --volumes')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Names of all that the engine has of a project. */
async function leftOf(project: string): Promise<readonly string[]> {
  const docker = openEngine()
  const filters = { label: [`com.docker.compose.project=${project}`] }
  const [containers, networks, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters: JSON.stringify(filters) }),
  ])
  return [
    ...containers.map(({ Names }) => Names.join()),
    ...networks.map(({ Name }) => Name),
    ...Volumes.map(({ Name }) => Name),
  ]
}

const idsOf = async (project: string): Promise<readonly string[]> => {
  const found = await openEngine().listContainers({ filters: { label: [`hoplab.services=${project}`] } })
  return found.map(({ Id }) => Id).sort()
}

/** Takes a port of the loopback address, unless somebody has it already. */
async function taken(port: number): Promise<() => void> {
  const server = createServer()
  await new Promise<void>((done) => server.once('error', () => done()).listen(port, '127.0.0.1', done))
  return () => server.close()
}

describe(
  'hoplab services',
  (test) => {
    test('starts servers that a run is collected in, and leaves nothing', async () => {
      await inFolder(async (folder, services) => {
        const images = (await serviceImages()).map((image) => `--image ${image}`).join(' ')
        const free = await taken(6379)
        const first = services(`up ${three.join(' ')} ${images} --json`)
        free()
        assert.is(first.code, 0, first.err)
        const status = JSON.parse(first.out)
        assert.is(status.schema, 'hoplab/services/1')
        assert.equal(
          status.services.map(({ name, state }: { name: string; state: string }) => [name, state]),
          [...three.map((name) => [name, 'healthy']), ['grafana', 'absent']],
        )
        assert.not.match(status.uses.redis, /:6379$/)
        await isPrivate(folder, status.project)

        const ids = await idsOf(status.project)
        assert.is(ids.length, 3)
        const settings = readFileSync(join(folder, 'settings.env'), 'utf8')
        assert.is(services(`up ${three.join(' ')}`).code, 0)
        assert.equal(await idsOf(status.project), ids)
        assert.is(readFileSync(join(folder, 'settings.env'), 'utf8'), settings)

        await isCollected(folder, status.uses.observe)

        assert.is(services('down').code, 0)
        assert.equal(await idsOf(status.project), [])
        assert.is(services('status').code, 1)
        assert.is(services(`up ${three.join(' ')}`).code, 0)
        assert.is(
          JSON.parse(shell(`. ${folder}/hoplab.env; $HOPLAB runs --store "$HOPLAB_STORE" --json`).out).runs.length,
          1,
        )

        const last = services('down --volumes --json')
        assert.match(last.err, 'removing the data (volumes hoplab-services-')
        assert.equal(JSON.parse(last.out).ended, three)
        assert.equal(await leftOf(status.project), [])
      })
    })

    test('gives Grafana the dashboards of all plans and a way to InfluxDB', async () => {
      await inFolder(async (_, services) => {
        const [, influxdb] = await serviceImages()
        const words = `influxdb grafana --image ${influxdb} --image grafana=${await grafanaStandIn()}`
        const { code, out, err } = services(`up ${words} --json`)
        assert.is(code, 0, err)
        const grafana = JSON.parse(out).services.at(-1)
        assert.is(grafana.state, 'healthy', grafana.problem)
        assert.match(grafana.version, 'dht.json')
      })
    })

    test('names the settings where an image cannot be pulled', async () => {
      await inFolder(async (_, services) => {
        const { code, err } = services('up s3 --image s3=127.0.0.1:1/nowhere:1')
        assert.is(code, 3, err)
        assert.match(err, 's3: the engine has no image 127.0.0.1:1/nowhere:1, and it cannot be pulled')
        assert.match(err, 'HOPLAB_IMAGE_S3')
      })
    })

    test('names the server that ends, with its last words', async () => {
      await inFolder(async (_, services) => {
        const { code, err } = services(`up s3 --image s3=${await brokenImage('versitygw', 'the disk is gone')}`)
        assert.is(code, 1, err)
        assert.match(err, /s3 ended: Exited \(7\).*the disk is gone/s)
        const { code: ill, out } = services('status')
        assert.is(ill, 1)
        assert.match(out, /s3 +ended/)
      })
    })

    test('refuses words that it does not know', async () => {
      await inFolder(async (_, services) => {
        for (const [line, said] of [
          ['sideways', 'write up'],
          ['up mysql', 'no service mysql; there are s3, influxdb, redis, grafana'],
          ['up --image nothing', 'write SERVICE=IMAGE'],
          ['up --wait soon', 'whole number of seconds'],
        ] as const) {
          const { code, err } = services(line)
          assert.is(code, 2, err)
          assert.match(err, said)
        }
      })
    })
  },
  [engine, compose, redisServer, influx18, { name: 'versitygw', found: () => s3ServerPath('versitygw') }, go],
)

/** Nobody else reads the files, and no port is open beyond this machine. */
async function isPrivate(folder: string, project: string): Promise<void> {
  assert.is(statSync(folder).mode & 0o777, 0o700)
  for (const file of ['settings.env', 'hoplab.env']) assert.is(statSync(join(folder, file)).mode & 0o777, 0o600)
  const found = await openEngine().listContainers({ filters: { label: [`hoplab.services=${project}`] } })
  const hosts = found.flatMap(({ Ports }) => Ports.flatMap(({ IP }) => (IP === undefined ? [] : [IP])))
  assert.equal(hosts, ['127.0.0.1', '127.0.0.1', '127.0.0.1'])
}

/** A run of both generations of Testground's SDK: files to S3, metrics to InfluxDB, sync in Redis. */
async function isCollected(folder: string, observe: string): Promise<void> {
  const line = `$HOPLAB run plans/example-go/compositions/ping-pong.toml --runner docker --runs ${folder}/runs --json`
  const ran = shell(`. ${folder}/hoplab.env; ${line} --store "$HOPLAB_STORE" --observe "$HOPLAB_OBSERVE"`)
  assert.is(ran.code, 0, ran.err)
  const { run } = JSON.parse(ran.out)
  const record = JSON.parse(readFileSync(join(folder, 'runs', run, 'record.json'), 'utf8'))
  assert.match(JSON.stringify(record.placement), '"redis":"HOPLAB_REDIS"')
  const back = shell(`. ${folder}/hoplab.env; $HOPLAB pull ${run} --store "$HOPLAB_STORE" --to ${folder}/back`)
  assert.is(back.code, 0, back.err)
  assert.equal(JSON.parse(readFileSync(join(folder, 'back', run, 'record.json'), 'utf8')), record)
  const token = /INFLUX_TOKEN='(.*)'/.exec(readFileSync(join(folder, 'hoplab.env'), 'utf8'))?.[1]
  const address = influxAddress(observe.replace('influx=', ''), token)
  const rows = await influxql(address, `SELECT * FROM /.*/ WHERE run = '${run}'`)
  assert.match(JSON.stringify(rows), 'rtt_ms')
}
