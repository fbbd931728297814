import { InputError } from 'hoplab'

/** A metrics server and what is written to on it. */
export interface InfluxAddress {
  /** Without credentials, parameters and a slash at the end. */
  readonly url: string
  /** Database of InfluxDB 1 and 3, bucket of InfluxDB 2. */
  readonly database: string
  /** Organisation, of InfluxDB 2; else empty. */
  readonly org: string
  /** Token, or `user:password`; empty where the server asks for none. Never told. */
  readonly token: string
}

/**
 * Reads the address of a server, `http://host:8086?db=NAME&org=NAME`. The database is `hoplab` where none is named. The token is that of the environment's INFLUX_TOKEN,
 * or `user:password` as the address has them.
 *
 * @throws InputError where it is none.
 */
export function influxAddress(text: string, token: string = process.env.INFLUX_TOKEN ?? ''): InfluxAddress {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new InputError(
      `--influx ${withoutSecret(text)}: write the server's address, as in http://127.0.0.1:8086?db=hoplab`,
    )
  const unknown = [...url.searchParams.keys()].filter((key) => !['db', 'org'].includes(key))
  if (unknown.length > 0) throw new InputError(`--influx: ${unknown.join(', ')}: the parameters are db and org`)
  const user = decodeURIComponent(url.username)
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    database: url.searchParams.get('db') || 'hoplab',
    org: url.searchParams.get('org') ?? '',
    token: user === '' ? token : `${user}:${decodeURIComponent(url.password)}`,
  }
}

function withoutSecret(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@')
}
