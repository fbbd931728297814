import { InfluxDB } from '@influxdata/influxdb-client'
import { InputError } from 'hoplab'
import type { InfluxAddress } from './address.ts'
import { ask, authorization, requestTimeoutMs } from './http.ts'

/** A row of an answer: columns and tags by name. */
export type InfluxRow = Readonly<Record<string, unknown>>

interface Series {
  readonly columns: readonly string[]
  readonly values?: readonly (readonly unknown[])[]
  readonly tags?: Readonly<Record<string, string>>
  readonly name?: string
}

/**
 * Asks in InfluxQL. Times come as milliseconds since the Unix epoch.
 *
 * @returns The rows of every series, with `measurement` and their tags.
 * @throws InputError with what the server found wrong.
 */
export async function influxql(address: InfluxAddress, query: string): Promise<InfluxRow[]> {
  const path = `/query?epoch=ms&db=${encodeURIComponent(address.database)}&q=${encodeURIComponent(query)}`
  const { status, text } = await ask(address, path, { method: /^\s*(select|show)/i.test(query) ? 'GET' : 'POST' })
  const { results = [], error } = parsed(text)
  const problem = error ?? results.find((result) => result.error !== undefined)?.error
  if (status !== 200 || problem !== undefined)
    throw new InputError(`${address.url}: ${query}: ${status} ${problem ?? text.slice(0, 200)}`)
  return results.flatMap(({ series = [] }) => series.flatMap(rows))
}

function rows({ name, columns, values = [], tags = {} }: Series): InfluxRow[] {
  return values.map((row) => ({
    measurement: name,
    ...tags,
    ...Object.fromEntries(columns.map((column, i) => [column, row[i]])),
  }))
}

interface Results {
  readonly results?: readonly { readonly series?: readonly Series[]; readonly error?: string }[]
  readonly error?: string
}

function parsed(text: string): Results {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/**
 * Asks in Flux, where the server has it.
 *
 * @throws What the client throws: HttpError, with the server's words.
 */
export function flux(address: InfluxAddress, query: string): Promise<InfluxRow[]> {
  const { url, org } = address
  const client = new InfluxDB({ url, timeout: requestTimeoutMs, headers: authorization(address) })
  return client.getQueryApi(org).collectRows<InfluxRow>(query)
}
