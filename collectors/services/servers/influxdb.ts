import { InputError } from 'hoplab'
import type { InfluxAddress } from '../../influx/address.ts'
import { type Answer, ask } from '../../influx/http.ts'
import { type Settings, setting } from '../settings.ts'
import type { ServerKind } from './server.ts'

const address = (port: number): string => `http://127.0.0.1:${port}`
const database = 'hoplab'

/** The token that programs and Grafana give: user and password. */
export const influxToken = (settings: Settings): string => `hoplab:${setting(settings, 'HOPLAB_INFLUXDB_PASSWORD')}`

/** InfluxDB 1, asked as its administrator. */
export const influxdb: ServerKind = {
  address,
  async prepare(port, settings) {
    const ours = { url: address(port), database, org: '', token: influxToken(settings) }
    if ((await query(ours, 'SHOW DATABASES')).status !== 200) await makeUser(ours, settings)
    await query(ours, `CREATE DATABASE "${database}"`).then(succeed)
  },
  async ask(port, settings) {
    const answer = await query(
      { url: address(port), database, org: '', token: influxToken(settings) },
      'SHOW DATABASES',
    )
    succeed(answer)
    if (!answer.text.includes(`"${database}"`)) throw new Error(`has no database ${database}`)
    const version = answer.headers.get('x-influxdb-version')?.replace(/^v/, '') ?? null
    return version === 'unknown' ? null : version
  },
}

/** Until there is a user, the server takes the first from anybody. */
async function makeUser(ours: InfluxAddress, settings: Settings): Promise<void> {
  const password = setting(settings, 'HOPLAB_INFLUXDB_PASSWORD')
  const made = await query(
    { ...ours, token: '' },
    `CREATE USER "hoplab" WITH PASSWORD '${password}' WITH ALL PRIVILEGES`,
  )
  if ((await query(ours, 'SHOW DATABASES')).status === 200) return
  if (made.status !== 401) throw new Error(`answers ${made.status} ${made.text.trim().slice(0, 200)}`)
  throw new InputError(
    'influxdb: its data were made with a password that settings.env does not have; hoplab services down --volumes removes them',
  )
}

function query(ours: InfluxAddress, statement: string): Promise<Answer> {
  return ask(ours, `/query?q=${encodeURIComponent(statement)}`, { method: 'POST' })
}

function succeed({ status, text }: Answer): void {
  if (status !== 200 || text.includes('"error"')) throw new Error(`answers ${status} ${text.trim().slice(0, 200)}`)
}
