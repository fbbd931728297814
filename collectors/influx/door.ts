import { InputError } from 'hoplab'
import type { InfluxAddress } from './address.ts'
import { createDatabase } from './create.ts'
import { type Sent, send } from './send.ts'
import { type InfluxServer, probe } from './server.ts'

/** The way to a server: found out when it is first needed, its database made where it is missing. */
export interface Door {
  /** Sends lines at once; never rejects. */
  deliver(lines: string[]): Promise<Sent>
  /** What answers may be another server from now on. */
  forget(): void
  /** What answered last; null where nothing has. */
  server(): InfluxServer | null
}

/** The door of an address; nothing is asked yet. */
export function doorOf(address: InfluxAddress): Door {
  let known: InfluxServer | null = null
  let fresh = false
  async function through(lines: string[]): Promise<Sent> {
    const server = known !== null && fresh ? known : await probe(address)
    known = server
    fresh = true
    const sent = await send(address, server, lines)
    if (sent.kind !== 'no-database') return sent
    await createDatabase(address, server)
    const again = await send(address, server, lines)
    return again.kind === 'no-database' ? { ...again, kind: 'closed' } : again
  }
  return {
    deliver: (lines) =>
      through(lines).catch((error: Error): Sent => {
        const problem = error.message
        return error instanceof InputError ? { kind: 'closed', problem } : { kind: 'away', problem, afterMs: 0 }
      }),
    forget() {
      fresh = false
    },
    server: () => known,
  }
}
