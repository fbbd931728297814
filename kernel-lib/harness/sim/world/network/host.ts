import type { ByteStream } from '@hoplab/sdk'
import type { Site } from '../place/places.ts'

/** What a host holds of a connection. */
export interface HeldEnd {
  readonly stream: ByteStream
  /** Is gone without telling anyone: its instance is. */
  vanish(): void
}

/** The machine of one node in the simulated network. */
export interface Host {
  readonly site: Site
  /** `servers/3`. */
  readonly name: string
  address: string
  /** Whether its node runs; a host that is down holds no connection and opens none. */
  readonly up: boolean
  /** Whether it went down without a word, as when power is lost: what is sent to it is answered by nobody. */
  readonly silent: boolean
  /** When what it has sent so far has left it, ms of virtual time: its link carries one thing after the other. */
  freeMs: number
  readonly listeners: Map<number, (stream: ByteStream) => void>
  /** Ends of the connections that it holds. */
  readonly ends: Set<HeldEnd>
  nextPort: number
}

/** The machine of an instance, which goes up and down as it is told to. */
export interface InstanceHost extends Host {
  up: boolean
  silent: boolean
  /** When its instance began, or came back last; ms of virtual time. */
  upSinceMs: number
}

/** The machine of an instance that listens nowhere yet. */
export function hostOf(site: Site, address: string): InstanceHost {
  return {
    site,
    name: nameOf(site),
    address,
    up: true,
    silent: false,
    upSinceMs: 0,
    freeMs: 0,
    listeners: new Map(),
    ends: new Set(),
    nextPort: firstPort,
  }
}

/** `servers/3`. */
export const nameOf = ({ group, index }: Site): string => `${group.id}/${index}`

/** First of the ports that the system gives, as on Linux. */
export const firstPort = 32_768
const lastPort = 60_999

/** A port that nothing of the host uses. */
export function freePort(host: Host): number {
  do {
    host.nextPort = host.nextPort >= lastPort ? firstPort : host.nextPort + 1
  } while (host.listeners.has(host.nextPort))
  return host.nextPort
}
