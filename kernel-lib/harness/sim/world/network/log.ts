import type { End } from './end.ts'
import type { Host } from './host.ts'

/** Hears what happens in a network, in order. */
export interface NetworkLog {
  dialed(from: Host, to: { readonly host: string; readonly port: number }): void
  refused(from: Host, to: { readonly host: string; readonly port: number }, code: string): void
  opened(connection: number, from: Host, to: Host): void
  carried(from: End, to: End, bytes: Uint8Array): void
  ended(how: 'end' | 'reset', from: End, to: End): void
}
