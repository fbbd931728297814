import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { influx16Path, influx18Path, victoriaPath } from './needs.ts'

/** A metrics server of its own, on a free port of the loopback address, in a folder of its own. */
export interface MetricsServer {
  readonly url: string
  /** Ends the process; what it had stored stays. */
  halt(): Promise<void>
  /** Starts it again on the same port and folder; it answers when this resolves. */
  start(): Promise<void>
  /** Ends it and removes its folder. */
  stop(): Promise<void>
}

export type ServerName = 'influxdb-1.6' | 'influxdb-1.8' | 'victoria-metrics'

/** Starts one; it answers when this resolves. `auth` asks for a password, which the first user to be created sets. */
export async function startMetrics(
  name: ServerName,
  { auth = false }: { readonly auth?: boolean } = {},
): Promise<MetricsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-influx-'))
  const [port, backupPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const words =
    name === 'victoria-metrics' ? victoriaWords(folder, port) : influxWords(folder, { port, backupPort, auth })
  const program = { 'influxdb-1.6': influx16Path, 'influxdb-1.8': influx18Path, 'victoria-metrics': victoriaPath }[
    name
  ]()
  let child: ChildProcess | null = null
  let over: Promise<unknown> = Promise.resolve()
  async function start(): Promise<void> {
    child = spawn(program ?? name, words, { stdio: 'ignore' })
    over = new Promise((resolve) => child?.once('close', resolve))
    await answers(url)
  }
  async function halt(): Promise<void> {
    child?.kill('SIGKILL')
    await over
  }
  await start()
  return {
    url,
    halt,
    start,
    async stop() {
      await halt()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await fetch(`${url}/ping`).catch(() => null)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}

function victoriaWords(folder: string, port: number): string[] {
  return [`-httpListenAddr=127.0.0.1:${port}`, `-storageDataPath=${folder}`, '-retentionPeriod=100y']
}

function influxWords(
  folder: string,
  { port, backupPort, auth }: { readonly port: number; readonly backupPort: number; readonly auth: boolean },
): string[] {
  const file = join(folder, 'influxdb.conf')
  writeFileSync(
    file,
    `reporting-disabled = true
bind-address = "127.0.0.1:${backupPort}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
[http]
bind-address = "127.0.0.1:${port}"
auth-enabled = ${auth}
flux-enabled = true
log-enabled = false
`,
  )
  return ['-config', file]
}
