import type { ByteStream, StreamNet } from '@hoplab/sdk'
import { dialer } from './dial.ts'
import { type End, openEnd } from './end.ts'
import { networkError } from './errors.ts'
import { freePort, type Host } from './host.ts'
import type { NetworkParts } from './parts.ts'
import { type Wire, wireOf } from './wire.ts'

/** Hosts, links and byte streams between them. */
export interface Network {
  /** How the node of a host reaches others, as long as it is up. `node`: default the host. */
  netOf(host: Host, node?: { readonly up: boolean }): StreamNet
  /** Sends what was given to connections since the last time; called when everything of a moment has happened. */
  flush(): void
  /** Ends every connection of a host and stops it from listening: with a reset for the other ends, or without a word. */
  drop(host: Host, options: { readonly silent: boolean }): void
}

/** A network without connections. */
export function networkOf(parts: NetworkParts): Network {
  const wires = new Map<End, Wire>()
  const woken = new Set<End>()
  let connections = 0

  const wake = (end: End): void => {
    woken.add(end)
  }

  /** Both ends of a new connection; the dialer's first. */
  function connect(from: Host, to: Host, port: number): readonly [End, End] {
    connections++
    const { time, paths, log } = parts
    log.opened(connections, from, to)
    const near = openEnd({ connection: connections, host: from, remote: { host: to.address, port }, wake })
    const remote = { host: parts.seenAs(from, to), port: freePort(from) }
    const far = openEnd({ connection: connections, host: to, remote, wake })
    wires.set(near, wireOf(near, far, { time, paths, log }))
    wires.set(far, wireOf(far, near, { time, paths, log }))
    return [near, far]
  }

  const dial = dialer({ ...parts, connect })

  return {
    netOf: (host, node = host) => ({
      kind: 'streams',
      get address() {
        return host.address
      },
      reachable: parts.isReachable(host),
      listen(port, accept) {
        if (!node.up) throw networkError('ENETDOWN', { host: host.address, port })
        return listen(host, port, accept)
      },
      dial: (to, { signal }) => (node.up ? dial(host, to, signal) : Promise.reject(networkError('ENETDOWN', to))),
    }),
    flush() {
      if (woken.size === 0) return
      const ends = [...woken]
      woken.clear()
      for (const end of ends) {
        wires.get(end)?.send(end.take())
        if (end.isClosed()) wires.delete(end)
      }
    },
    drop(host, { silent }) {
      for (const end of [...host.ends]) {
        if (silent) end.vanish()
        else end.stream.reset()
      }
      host.listeners.clear()
    },
  }
}

function listen(host: Host, wanted: number, accept: (stream: ByteStream) => void): { port: number; close(): void } {
  const port = wanted === 0 ? freePort(host) : wanted
  if (host.listeners.has(port)) throw networkError('EADDRINUSE', { host: host.address, port })
  host.listeners.set(port, accept)
  return {
    port,
    close: () => {
      if (host.listeners.get(port) === accept) host.listeners.delete(port)
    },
  }
}
