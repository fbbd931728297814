import { createHash } from 'node:crypto'
import { keyAt, nearestOf, type Population, type Resident, rankOf, wordsOf } from '@hoplab/sdk'
import type { PeerId } from '@libp2p/interface'
import { type Identities, readIdentities } from '../identities/read.ts'
import { type Identity, identityWith } from '../identity.ts'
import { keyOfPeer } from '../keyspace.ts'
import { addressAt, type DhtOptions } from '../options.ts'
import { goneHost, gonePublicKey } from './gone.ts'
import { type Holdable, holdableOf } from './holdable.ts'
import { type PeerSource, WarmPeer } from './peer.ts'
import { tableOf } from './table.ts'

/** A network whose tables are drawn: what its nodes share. One for each process, made once. */
export interface WarmNetwork {
  readonly population: Population
  readonly identities: Identities
  readonly holdable: Holdable
  /** What the node at a position is told by its parameters. */
  optionsOf(seq: number): DhtOptions
  identityOf(seq: number): Identity
  /** A peer that tables hold. */
  peerAt(rank: number): WarmPeer
  /** The peer with an id; null where tables cannot hold it. */
  find(peer: PeerId): WarmPeer | null
  /** The table that a node begins with: ranks, rising. */
  tableOf(seq: number): Uint32Array
  /** Those of a table that are nearest to a key, nearest first. */
  nearestIn(table: Uint32Array, key: Uint8Array, count: number): WarmPeer[]
}

/**
 * Opens a warm network. `optionsOfNode` says what a node of the population is told by its parameters; it is called once for each group.
 *
 * @throws Error where the file of identities is not that of as many nodes, or a group asks for what a warm network has not: relays.
 */
export function openWarmNetwork(
  population: Population,
  optionsOfNode: (resident: Resident) => DhtOptions,
): WarmNetwork {
  const identities = readIdentities(population.identities)
  if (identities.size !== population.size)
    throw new Error(
      `${population.identities} holds ${identities.size} identities, and the network has ${population.size} nodes`,
    )
  const optionsOf = groupwise(population, optionsOfNode)
  checkRecorded(population, identities)
  const holdable = holdableOf({ population, identities, isServer: (seq) => !optionsOf(seq).clientMode })
  const peers: (WarmPeer | undefined)[] = new Array(holdable.names.length)
  const found = new WeakMap<PeerId, WarmPeer | null>()
  const peerAt = (rank: number): WarmPeer => {
    const known = peers[rank]
    if (known !== undefined) return known
    const fresh = new WarmPeer(rank, source)
    peers[rank] = fresh
    return fresh
  }

  const source: PeerSource = {
    keyOf: (rank) => keyAt(holdable.keys, rank),
    publicKeyOf(rank) {
      const name = holdable.names[rank] as number
      return name > 0 ? identities.publicKeyOf(name) : gonePublicKey(population.start.seed, -1 - name)
    },
    addressOf(rank) {
      const name = holdable.names[rank] as number
      return name > 0
        ? addressAt(population.at(name).address, optionsOf(name))
        : addressAt(goneHost, { undialable: false })
    },
  }

  return {
    population,
    identities,
    holdable,
    optionsOf,
    identityOf: (seq) => identityWith({ seed: identities.seed, seq, publicKey: identities.publicKeyOf(seq) }),
    peerAt,
    find(peer) {
      const before = found.get(peer)
      if (before !== undefined) return before
      const rank = rankOf(holdable.keys, wordsOf(keyOfPeer(peer)))
      const one = rank === null ? null : peerAt(rank)
      found.set(peer, one)
      return one
    },
    tableOf: (seq) => tableOf(holdable, { seq, key: identities.keyOf(seq), options: optionsOf(seq) }, population.start),
    nearestIn: (table, key, count) =>
      Array.from(nearestOf(holdable.keys, wordsOf(key), { among: [table], count }), peerAt),
  }
}

/** Recorded tables name nodes by their positions: those of other nodes say nothing about these. */
function checkRecorded({ start, size }: Population, identities: Identities): void {
  if (start.recorded === null) return
  const hash = createHash('sha256')
  for (let seq = 1; seq <= size; seq++) hash.update(identities.keyOf(seq))
  if (hash.digest('hex') !== start.recorded.keysSha256)
    throw new Error(
      `start: the recorded tables are those of nodes with other keys than seed ${identities.seed} gives; write the seed of the run that they were recorded in`,
    )
}

function groupwise(
  population: Population,
  optionsOfNode: (resident: Resident) => DhtOptions,
): (seq: number) => DhtOptions {
  const known = new Map<string, DhtOptions>()
  return (seq) => {
    const resident = population.at(seq)
    const options = known.get(resident.group) ?? checked(resident.group, optionsOfNode(resident))
    known.set(resident.group, options)
    return options
  }
}

function checked(group: string, options: DhtOptions): DhtOptions {
  if (options.relays > 0)
    throw new Error(
      `group ${group}: relays = ${options.relays}, and a network that begins warm has no places at relays; write relays = 0, or remove [start]`,
    )
  return options
}
