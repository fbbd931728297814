import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import { imageOf } from '../../kernel-lib/harness/docker/image/archive.ts'
import { baseEntries, librariesOf, nodePath, surroundings } from '../../kernel-lib/harness/docker/image/base.ts'
import { ensureImage } from '../../kernel-lib/harness/docker/image/ensure.ts'
import { layerOf } from '../../kernel-lib/harness/docker/image/layer.ts'
import { fileEntry } from '../../kernel-lib/harness/docker/image/tar.ts'
import { copied, toolEntries } from '../../kernel-lib/harness/docker/image/tools.ts'
import { influx18Path, redisServerPath, s3ServerPath } from '../services/needs.ts'

/** Names of images of the servers that this machine has, as `--image` takes them. */
export async function serviceImages(): Promise<readonly string[]> {
  return [
    `s3=${await imageWith('versitygw', s3ServerPath('versitygw'))}`,
    `influxdb=${await imageWith('influxd', influx18Path())}`,
    `redis=${await imageWith('redis-server', redisServerPath())}`,
  ]
}

async function imageWith(program: string, path: string | null): Promise<string> {
  if (path === null) throw new Error(`${program} is not here`)
  // ldd fails for programs that need none.
  const libraries = await librariesOf(path).catch(() => [])
  const files = [copied(path, `/usr/bin/${program}`, 0o755), ...libraries.map((one) => copied(one, one, 0o755))]
  const layers = [await layerOf([...surroundings(), ...files])]
  const { tag } = await ensureImage(openEngine(), imageOf(`service-${program}`, layers, []))
  return tag
}

/** An image whose program says something and ends with 7. */
export async function brokenImage(program: string, words: string): Promise<string> {
  const shell = await toolEntries([{ name: 'sh', debian: 'dash' }])
  const script = fileEntry(`/usr/local/bin/${program}`, `#!/usr/bin/sh\necho "${words}"\nexit 7\n`, 0o755)
  const layers = [await layerOf([...surroundings(), ...shell, script])]
  const { tag } = await ensureImage(openEngine(), imageOf(`service-broken-${program}`, layers, []))
  return tag
}

/** An image that stands for Grafana, which cannot be had here: healthy where it can read what is provisioned and InfluxDB takes its token. */
export async function grafanaStandIn(): Promise<string> {
  const script = `
const { readdirSync, readFileSync } = require('node:fs')
const at = process.env.GF_PATHS_PROVISIONING
require('node:http').createServer(async (_, answer) => {
  try {
    const [, path] = /path: "(.*)"/.exec(readFileSync(at + '/dashboards/hoplab.yaml', 'utf8'))
    const [, url] = /url: "(.*)"/.exec(readFileSync(at + '/datasources/hoplab.yaml', 'utf8'))
    const headers = { authorization: 'Token ' + process.env.INFLUX_TOKEN }
    const { status } = await fetch(url + '/query?q=SHOW+DATABASES', { headers })
    answer.statusCode = status
    answer.end(JSON.stringify({ version: readdirSync(path).sort().join(' ') }))
  } catch (error) {
    answer.statusCode = 500
    answer.end(String(error))
  }
}).listen(3000)
`
  const layers = [await layerOf(await baseEntries()), await layerOf([fileEntry('/grafana.cjs', script)])]
  const { tag } = await ensureImage(openEngine(), imageOf('service-grafana', layers, [nodePath, '/grafana.cjs']))
  return tag
}
