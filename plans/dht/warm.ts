import { openWarmNetwork, type WarmNetwork, warmResidents } from '@hoplab/libp2p'
import type { MakeResident, Population } from '@hoplab/sdk'
import { readSettings, type Settings } from './settings.ts'

const opened = new WeakMap<Population, WarmNetwork>()

/** The warm network of a population; one for all nodes of the process. */
export function warmNetworkOf(population: Population): WarmNetwork {
  const known = opened.get(population)
  if (known !== undefined) return known
  const network = openWarmNetwork(population, ({ params }) => readSettings(params).dht)
  opened.set(population, network)
  return network
}

/** Makes the nodes of a warm network that run no program. */
export const resident: MakeResident = warmResidents(({ population }) => warmNetworkOf(population))

/** @throws Error where identities are to follow from another seed than those of the warm network do. */
export function checkSeed({ peerIdSeed }: Settings, { identities }: WarmNetwork): void {
  if (peerIdSeed === null || peerIdSeed === identities.seed) return
  throw new Error(
    `peer_id_seed = ${peerIdSeed}: the identities of a network that begins warm follow from the run's seed, ${identities.seed}; write peer_id_seed = 0`,
  )
}
