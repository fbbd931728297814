import type { NodeStart } from '../../../plans/libp2p/node.ts'
import { anyValue, type DhtOptions } from '../../../plans/libp2p/options.ts'
import type { Env, Net } from '../../../plans/sdk/index.ts'
import { machineClock, seededRandom, unbroken } from '../../../plans/sdk/index.ts'

/** Options of a small node; override what a test is about. */
export const smallNode: DhtOptions = {
  bucketSize: 4,
  alpha: 3,
  disjointPaths: 3,
  prefixLength: 6,
  clientMode: false,
  undialable: false,
  relayServer: false,
  relays: 0,
  dialLimitMs: 30_000,
  upkeep: 'off',
  values: anyValue,
}

/** How tests start nodes: the first seed's identities, and nobody to join. */
export const firstSeed: NodeStart = { identitySeed: 1, rejoin: async () => {} }

/** What startNode needs of an Env; the rest is not there and must not be touched. */
export function nodeEnv(seq: number, net: Net = { kind: 'tcp', address: '127.0.0.1', link: null }): Env {
  return {
    seq,
    seed: 1,
    net,
    clock: machineClock,
    life: unbroken,
    random: (stream: string) => seededRandom(1, stream),
    signal: new AbortController().signal,
  } as unknown as Env
}
