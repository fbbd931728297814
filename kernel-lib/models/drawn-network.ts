import { randomKeys, seededRandom, wordsAt } from '@hoplab/sdk'
import type { HopsModel } from './hops-options.ts'
import type { Network } from './lookup.ts'
import { tableModels } from './tables.ts'

/** One of a model's networks, by its number from 0. Its tables are drawn when they are first asked for, each from a stream of its own: order changes nothing. */
export function modelNetwork(model: HopsModel, set: number): Network {
  const keys = randomKeys(model.peers, seededRandom(model.seed, `models/keys/${set}`))
  const make = tableModels[model.tables]
  const drawn: (Uint32Array | undefined)[] = new Array(keys.size)
  const table = (index: number): Uint32Array => {
    const known = drawn[index]
    if (known !== undefined) return known
    const random = seededRandom(model.seed, `models/${model.tables}/${set}/${index}`)
    const fresh = make({ keys, key: wordsAt(keys, index) }, random, model)
    drawn[index] = fresh
    return fresh
  }
  return { keys, table }
}
