import { InputError } from 'hoplab'
import type { InfluxAddress } from './address.ts'
import { ask } from './http.ts'
import { influxql } from './query.ts'
import type { InfluxServer } from './server.ts'

/**
 * Makes the database, where the server does not have it.
 *
 * @throws InputError where we are not allowed to.
 */
export async function createDatabase(address: InfluxAddress, server: InfluxServer): Promise<void> {
  if (server.creates === 'itself') return
  if (server.creates === 'bucket') return createBucket(address)
  await influxql(address, `CREATE DATABASE "${address.database.replace(/["\\]/g, '\\$&')}"`)
}

async function createBucket(address: InfluxAddress): Promise<void> {
  const found = await ask(address, `/api/v2/orgs?org=${encodeURIComponent(address.org)}`)
  const orgID = /"id":\s*"(\w+)"/.exec(found.text)?.[1]
  if (found.status !== 200 || orgID === undefined)
    throw new InputError(
      `${address.url}: no organisation "${address.org}" (${found.status}); write ?org=NAME in the address`,
    )
  const body = JSON.stringify({ orgID, name: address.database, retentionRules: [] })
  const made = await ask(address, '/api/v2/buckets', { method: 'POST', body, type: 'application/json' })
  // 422: somebody made it meanwhile.
  if (made.status !== 201 && made.status !== 422)
    throw new InputError(
      `${address.url}: bucket "${address.database}" is not there and cannot be made: ${made.status} ${made.text.slice(0, 200)}`,
    )
}
