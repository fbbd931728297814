import type { ByteStream } from '@hoplab/sdk'

/** What a host holds of a connection. */
export interface HeldEnd {
  readonly stream: ByteStream
  /** Is gone without telling anyone: its instance is. */
  vanish(): void
}

/** The machine of one instance in the simulated network. */
export interface Host {
  /** Position of its instance, from 1. */
  readonly seq: number
  /** `servers/3`. */
  readonly name: string
  address: string
  /** When what it has sent so far has left it, ms of virtual time: its link carries one thing after the other. */
  freeMs: number
  readonly listeners: Map<number, (stream: ByteStream) => void>
  /** Ends of the connections that it holds. */
  readonly ends: Set<HeldEnd>
  nextPort: number
}

/** A machine that listens nowhere yet. */
export function hostOf(seq: number, name: string, address: string): Host {
  return { seq, name, address, freeMs: 0, listeners: new Map(), ends: new Set(), nextPort: firstPort }
}

/** First of the ports that the system gives, as on Linux. */
const firstPort = 32_768
const lastPort = 60_999

/** A port that nothing of the host uses. */
export function freePort(host: Host): number {
  do {
    host.nextPort = host.nextPort >= lastPort ? firstPort : host.nextPort + 1
  } while (host.listeners.has(host.nextPort))
  return host.nextPort
}
