import { HttpError, InfluxDB } from '@influxdata/influxdb-client'
import type { InfluxAddress } from './address.ts'
import { authorization, requestTimeoutMs } from './http.ts'
import type { InfluxServer } from './server.ts'

/** What became of lines that were sent. */
export type Sent =
  | { readonly kind: 'taken' }
  /** The server is not there or cannot now: later, not before `afterMs`. */
  | { readonly kind: 'away'; readonly problem: string; readonly afterMs: number }
  /** It takes these lines never, or not all of them. */
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'no-database'; readonly problem: string }
  /** It takes nothing of us. */
  | { readonly kind: 'closed'; readonly problem: string }

/**
 * Sends lines of the line protocol at once and tells what became of them. The client's own buffer is left out: it is bounded in memory, drops what is over, and ends with the process.
 */
export async function send(address: InfluxAddress, server: InfluxServer, lines: string[]): Promise<Sent> {
  const { url, org, database } = address
  const client = new InfluxDB({ url, timeout: requestTimeoutMs, headers: authorization(address) })
  const api = client.getWriteApi(org, database, 'ns', {
    batchSize: lines.length + 1,
    maxRetries: 0,
    flushInterval: 0,
    // Keeps the client from printing what we tell ourselves.
    writeFailed: (error) => Promise.reject(error),
  })
  if (server.writes === 'v1') api.path = `/write?db=${encodeURIComponent(database)}&precision=ns`
  try {
    api.writeRecords(lines)
    await api.flush()
    return { kind: 'taken' }
  } catch (error) {
    return failure(error as Error)
  } finally {
    api.dispose()
  }
}

function failure(error: Error): Sent {
  if (!(error instanceof HttpError)) return { kind: 'away', problem: error.message, afterMs: 0 }
  const { statusCode, body } = error
  const problem = `${statusCode} ${(body ?? error.message).trim().slice(0, 300)}`
  if (statusCode === 404 && /database|bucket/i.test(body ?? '')) return { kind: 'no-database', problem }
  // Retry-After is in seconds, and the client hands it on as it is.
  if (statusCode === 429 || statusCode >= 500) return { kind: 'away', problem, afterMs: error.retryAfter() * 1000 }
  if ([400, 413, 422].includes(statusCode)) return { kind: 'refused', problem }
  return { kind: 'closed', problem }
}
