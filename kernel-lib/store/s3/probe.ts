import { randomUUID } from 'node:crypto'
import { type Bucket, statusOf } from './client.ts'

const racers = 8

/** Names that stand in a bucket and are no artifact. */
export const probePrefix = '.hoplab-probe-'

/**
 * Whether a server keeps the promise of `If-None-Match: *`, seen by a race of which one alone may win. Some claim it and let all win.
 *
 * Leaves nothing, where the credentials may delete.
 */
export async function probeConditional({ ask, location }: Bucket): Promise<boolean> {
  const at = { Bucket: location.bucket, Key: `${location.prefix}${probePrefix}${randomUUID()}` }
  const race = await Promise.allSettled(
    Array.from({ length: racers }, (_, racer) =>
      ask((sdk, client, options) =>
        client.send(new sdk.PutObjectCommand({ ...at, Body: Buffer.from(String(racer)), IfNoneMatch: '*' }), options),
      ),
    ),
  )
  const won = race.filter(({ status }) => status === 'fulfilled').length
  const faults = race.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (won > 0)
    await ask((sdk, client, options) => client.send(new sdk.DeleteObjectCommand(at), options)).catch(() => {})
  const other = faults.find((fault) => !lostRace(fault) && !unknownThere(fault))
  if (other !== undefined) throw other
  return won === 1 && faults.every(lostRace)
}

/** Whether a conditional put was refused because the key is taken, or was being taken. */
export function lostRace(error: unknown): boolean {
  const status = statusOf(error)
  return status === 412 || status === 409
}

function unknownThere(error: unknown): boolean {
  const status = statusOf(error)
  return status === 501 || (status === 400 && (error as Error).name !== 'AuthorizationHeaderMalformed')
}
