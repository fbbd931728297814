import { shareSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import type { Attempts } from './attempts.ts'

/** Share of lookups whose node was connected to the target beforehand, to stand beside hops (D4): a small network is a clique, and its hops say little about a large one. Lookups that do not tell are missing. */
export function alreadyConnected({ ended }: Pick<Attempts, 'ended'>): Sample {
  const told = ended.flatMap((each) => (each.connected === null ? [] : [{ ...each, hit: each.connected }]))
  const about = {
    name: 'pairs already connected',
    entry: 'D4',
    definition: 'share of lookups whose node was connected to the target before it asked',
    unit: 'share',
  }
  const missing = ended.length - told.length
  return shareSample(about, told, { expected: ended.length, failed: 0, missing, censored: 0 })
}
