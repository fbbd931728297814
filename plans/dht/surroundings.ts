import { peerIdFromString, type WarmNetwork } from '@hoplab/libp2p'
import { byDistance, type Row, type surroundingsRecord, type tableRecord, wordsOf } from '@hoplab/sdk'

type Table = Pick<Row<typeof tableRecord>, 'snapshot' | 'k' | 'buckets'>
type State = 'gone' | 'undialable' | 'client' | 'fresh'

/** What the whole of a warm network knows at this moment of a node's routing table. */
export function surroundingsOf(
  network: WarmNetwork,
  seq: number,
  { snapshot, k, buckets }: Table,
): Row<typeof surroundingsRecord> {
  const entries = buckets.flat().map((peer) => ({ peer, state: stateOf(network, peer) }))
  const those = (wanted: State): string[] => entries.filter(({ state }) => state === wanted).map(({ peer }) => peer)
  return {
    snapshot,
    nearest: nearestServers(network, seq, k),
    gone: those('gone'),
    undialable: those('undialable'),
    client: those('client'),
  }
}

function nearestServers(
  { holdable, identities, population, optionsOf, peerAt }: WarmNetwork,
  seq: number,
  k: number,
): string[] {
  const nearest: string[] = []
  for (const rank of byDistance(holdable.keys, wordsOf(identities.keyOf(seq)))) {
    if (nearest.length === k) break
    const name = holdable.names[rank] as number
    if (name > 0 && name !== seq && !optionsOf(name).clientMode && population.isUp(name))
      nearest.push(peerAt(rank).peerId.toString())
  }
  return nearest
}

function stateOf({ holdable, population, optionsOf, find }: WarmNetwork, peer: string): State {
  const name = holdable.names[find(peerIdFromString(peer))?.rank ?? -1] ?? 0
  if (name <= 0 || !population.isUp(name)) return 'gone'
  const { undialable, clientMode } = optionsOf(name)
  if (undialable || !population.at(name).reachable) return 'undialable'
  return clientMode ? 'client' : 'fresh'
}
