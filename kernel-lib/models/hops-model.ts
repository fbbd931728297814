import { seededRandom, wordsOf } from '@hoplab/sdk'
import { modelNetwork } from './drawn-network.ts'
import { type HopsModel, type HopsModelOptions, hopsModelOf } from './hops-options.ts'
import { hopsOf } from './lookup.ts'

/** Hops of modelled lookups. */
export interface ModelHops {
  readonly model: HopsModel
  /** One for each network: hops of its lookups in the order in which they were drawn, −1 where a lookup could not go on. */
  readonly sets: readonly Int8Array[]
}

/**
 * Hops of lookups in networks of modelled tables, as RFM19.1 counts them (probe-lab/network-measurements): `sets` networks of `peers` random keys,
 * in each of them `lookups` random keys, each looked up by a peer drawn at random. Keys, askers and what they look up depend on seed and
 * set alone, so that two models with equal `peers`, `lookups`, `sets` and `seed` pair lookup by lookup. It is a model of keys and tables: no
 * message is sent, nothing takes time, nobody is away.
 *
 * @throws RangeError that lists every option out of bounds; the signal's reason when it aborts.
 */
export async function hopsModel({ signal, ...options }: HopsModelOptions): Promise<ModelHops> {
  const model = hopsModelOf(options)
  const sets: Int8Array[] = []
  for (let set = 0; set < model.sets; set++) {
    // A long computation lets an interruption through between sets.
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
    sets.push(hopsOfSet(model, set))
  }
  return { model, sets }
}

function hopsOfSet(model: HopsModel, set: number): Int8Array {
  const { peers, lookups, seed } = model
  const network = modelNetwork(model, set)
  const random = seededRandom(seed, `models/lookups/${set}`)
  const draw = () => ({ asker: random.integer(peers), key: wordsOf(random.bytes(32)) })
  return Int8Array.from({ length: lookups }, () => hopsOf(network, draw(), model) ?? -1)
}
