import { AbsentError, InputError } from 'hoplab'
import type { InfluxAddress } from './address.ts'
import { type Answer, ask } from './http.ts'

/** What a server that was asked can do. */
export interface InfluxServer {
  /** As for people: `InfluxDB 1.6.7~rc0`. */
  readonly name: string
  /** Path that points are written to. */
  readonly writes: 'v1' | 'v2'
  /** Languages that it answers queries in. */
  readonly influxql: boolean
  readonly flux: boolean
  /** How a database comes to be: by CREATE DATABASE, as a bucket, or by being written to. */
  readonly creates: 'statement' | 'bucket' | 'itself'
  /** What it does not do, a sentence each. */
  readonly lacks: readonly string[]
}

/**
 * Finds out what answers at an address, by asking: versions are often unknown to those who built them.
 *
 * @throws AbsentError where nothing answers, InputError where it is no server of this kind or refuses the token.
 */
export async function probe(address: InfluxAddress): Promise<InfluxServer> {
  const ping = await ask(address, '/ping').catch((error: Error) => {
    throw new AbsentError(
      `${address.url}: nothing answers (${causeOf(error)}); start the server or write another address`,
    )
  })
  if (ping.status >= 400 && ping.status !== 401) throw noServer(address, ping)
  const version = ping.headers.get('x-influxdb-version')
  return version === null ? victoria(address) : influx(address, version)
}

function noServer({ url }: InfluxAddress, { status }: Answer): InputError {
  return new InputError(`${url}: answers /ping with ${status}, which no InfluxDB does; write the address of one`)
}

async function victoria(address: InfluxAddress): Promise<InfluxServer> {
  const build = await ask(address, '/api/v1/status/buildinfo')
  if (build.status !== 200 || !build.text.includes('"success"')) throw noServer(address, build)
  return {
    name: 'VictoriaMetrics',
    writes: 'v1',
    influxql: false,
    flux: false,
    creates: 'itself',
    lacks: [
      'It answers neither InfluxQL nor Flux: ask it in PromQL, and draw no dashboard of ours on it.',
      'It keeps numbers: text fields are dropped, and true and false become 1 and 0.',
      'It says yes to lines that it cannot read, and to points older than it keeps (a month, unless it is told otherwise), which it drops.',
    ],
  }
}

async function influx(address: InfluxAddress, version: string): Promise<InfluxServer> {
  const [v2, influxql, flux] = await Promise.all([hasV2(address), hasInfluxql(address), hasFlux(address)])
  return {
    name: `InfluxDB ${version === 'unknown' ? (v2 ? '1.8 or later' : '1') : version.replace(/^v/, '')}`,
    writes: v2 ? 'v2' : 'v1',
    influxql,
    flux,
    creates: /^v?2\./.test(version) ? 'bucket' : /^v?3\./.test(version) ? 'itself' : 'statement',
    lacks: [
      ...(flux ? [] : ['It answers no Flux (off, or not there): queries are in InfluxQL.']),
      ...(influxql ? [] : ['It answers no InfluxQL: no dashboard of ours can be drawn on it.']),
    ],
  }
}

/** A body of nothing writes nothing; a server without this path says so in plain text, others in JSON. */
async function hasV2(address: InfluxAddress): Promise<boolean> {
  const { org, database } = address
  const path = `/api/v2/write?org=${encodeURIComponent(org)}&bucket=${encodeURIComponent(database)}&precision=ns`
  const answer = await ask(address, path, { method: 'POST', body: '', type: 'text/plain' })
  refuseStranger(address, answer)
  return answer.status !== 404 || (answer.headers.get('content-type') ?? '').includes('json')
}

async function hasInfluxql(address: InfluxAddress): Promise<boolean> {
  const answer = await ask(address, `/query?db=${encodeURIComponent(address.database)}&q=SHOW+DATABASES`)
  refuseStranger(address, answer)
  return answer.status === 200 && answer.text.includes('"results"')
}

async function hasFlux(address: InfluxAddress): Promise<boolean> {
  const path = `/api/v2/query?org=${encodeURIComponent(address.org)}`
  const answer = await ask(address, path, { method: 'POST', body: 'buckets()', type: 'application/vnd.flux' })
  return answer.status === 200
}

function refuseStranger({ url }: InfluxAddress, { status, text }: Answer): void {
  if (status === 401)
    throw new InputError(
      `${url}: refuses us (401 ${text.trim().slice(0, 200)}); set INFLUX_TOKEN to a token, or to user:password for InfluxDB 1`,
    )
}

/** The reason below `fetch failed`. */
export function causeOf(error: Error): string {
  const { cause } = error
  if (cause instanceof AggregateError) return cause.errors.map((one: Error) => one.message).join('; ')
  return cause instanceof Error ? cause.message : error.message
}
