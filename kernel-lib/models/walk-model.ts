import { seededRandom, wordsOf } from '@hoplab/sdk'
import { modelNetwork } from './drawn-network.ts'
import { type HopsModel, type HopsModelOptions, hopsModelOf } from './hops-options.ts'
import { type Walked, walkTo } from './walk.ts'

/** One modelled walk, and how large the table was that it began from. */
export interface ModelWalk extends Walked {
  /** Entries of the asker's table. Peers. */
  readonly entries: number
}

/** What is modelled: `tables`, and walks that may take several paths. */
export interface WalksModelOptions extends HopsModelOptions {
  /** Disjoint paths of a walk; 10, the default of @libp2p/kad-dht 16, unless said. */
  readonly paths?: number
}

/** Modelled walks to the closest peers. */
export interface ModelWalks {
  readonly model: HopsModel & { readonly paths: number }
  /** One for each network: its walks in the order in which they were drawn. */
  readonly sets: readonly (readonly ModelWalk[])[]
}

/**
 * Walks to the closest peers in networks of modelled tables: what a walk returns of the 20 truly closest, and how many it asks. Networks, askers and
 * keys are those of `hopsModel` for equal options. It is a model of keys and tables: no message is sent, nothing takes time, nobody is away.
 *
 * @throws RangeError that lists every option out of bounds; the signal's reason when it aborts.
 */
export async function walksModel({ signal, paths = 10, ...options }: WalksModelOptions): Promise<ModelWalks> {
  if (!Number.isInteger(paths) || paths < 1 || paths > 1000)
    throw new RangeError(`walksModel: paths ${paths}: write a whole number from 1 to 1000`)
  const model = { ...hopsModelOf(options), paths }
  const sets: ModelWalk[][] = []
  for (let set = 0; set < model.sets; set++) {
    // A long computation lets an interruption through between sets.
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
    sets.push(walksOfSet(model, set))
  }
  return { model, sets }
}

function walksOfSet(model: ModelWalks['model'], set: number): ModelWalk[] {
  const { peers, lookups, seed } = model
  const network = modelNetwork(model, set)
  const random = seededRandom(seed, `models/lookups/${set}`)
  return Array.from({ length: lookups }, () => {
    const asker = random.integer(peers)
    const walked = walkTo(network, { asker, key: wordsOf(random.bytes(32)) }, model)
    return { ...walked, entries: network.table(asker).length }
  })
}
