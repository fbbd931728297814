import { type PeerId, peerIdFromString, type WarmNetwork } from '@hoplab/libp2p'
import { byDistance, type Env, type Key, wordsOf } from '@hoplab/sdk'
import type { Member } from './members.ts'
import { nearestMembers } from './nearest.ts'

/** The other nodes, as the truth that lookups are judged by. */
export interface Others {
  /** Servers to look for, drawn by the seed; each is named when it is asked for. */
  targets(count: number): readonly (() => PeerId)[]
  /** The k peers truly nearest to a key that can be found now, nearest first. */
  nearest(key: Key, k: number): readonly PeerId[]
  /** When a peer that runs now came up last, by its id as text, ms since the Unix epoch by the run's own time, null for one that does not run; null where nobody can tell. */
  readonly upSinceMs: ((peer: string) => number | null) | null
}

interface AmongMembers {
  readonly env: Env
  readonly members: readonly Member[]
  readonly isConnected: (peer: PeerId) => boolean
}

/** The others where all nodes of the run told who they are. Those that the node is not connected to are looked for first: finding a peer at the other end of an open connection is no search. */
export function othersAmong({ env, members, isConnected }: AmongMembers): Others {
  const others = members.filter(({ seq }) => seq !== env.seq)
  return {
    targets(count) {
      const servers = others.filter(({ role }) => role === 'server')
      const drawn = env.random(`targets:${env.seq}`).shuffle(servers)
      const connected = ({ peerId }: Member): boolean => isConnected(peerId)
      const inOrder = [...drawn.filter((member) => !connected(member)), ...drawn.filter(connected)]
      return inOrder.slice(0, count).map(
        ({ peerId }) =>
          () =>
            peerId,
      )
    },
    nearest: (key, k) => nearestMembers(others, key, k).map(({ peerId }) => peerId),
    upSinceMs: null,
  }
}

/** Draws of a target before it is given up; in a network of which one node in 1,000 can be found, one in 10^22 draws of so many fails. */
const mostDraws = 50_000

/** The others of a warm network: servers that run and that others can dial, at the moment of asking. */
export function othersOf(env: Env, { population, holdable, peerAt, optionsOf, find }: WarmNetwork): Others {
  const canBeFound = (seq: number): boolean => {
    const { clientMode, undialable } = optionsOf(seq)
    return seq !== env.seq && !clientMode && !undialable && population.at(seq).reachable && population.isUp(seq)
  }
  const random = env.random(`targets:${env.seq}`)

  function draw(): PeerId {
    for (let draws = 0; draws < mostDraws; draws++) {
      const seq = 1 + random.integer(population.size)
      const rank = canBeFound(seq) ? holdable.rankOf(seq) : null
      if (rank !== null) return peerAt(rank).peerId
    }
    throw new Error(
      `none of ${mostDraws} nodes drawn to look for is a server that runs and can be dialed; write a group without client_mode, undialable and reach`,
    )
  }

  return {
    targets: (count) => Array.from({ length: count }, () => draw),
    nearest(key, k) {
      const nearest: PeerId[] = []
      for (const rank of byDistance(holdable.keys, wordsOf(key))) {
        if (nearest.length === k) break
        const name = holdable.names[rank] as number
        if (name > 0 && canBeFound(name)) nearest.push(peerAt(rank).peerId)
      }
      return nearest
    },
    upSinceMs(peer) {
      const name = holdable.names[find(peerIdFromString(peer))?.rank ?? -1] ?? 0
      return name > 0 ? population.upSinceMs(name) : null
    },
  }
}
