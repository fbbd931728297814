import type { Settings } from '../settings.ts'

/** A kind of server: how it is reached from this machine, and asked. */
export interface ServerKind {
  /** Where it answers, on the loopback address. */
  address(port: number): string
  /** Makes what it lacks to be used (a bucket, a database, a user); rejects where it does not answer yet, or not us. */
  prepare(port: number, settings: Settings): Promise<void>
  /** Asks for something that only a healthy server gives. Its version; null where it tells none. */
  ask(port: number, settings: Settings): Promise<string | null>
}
