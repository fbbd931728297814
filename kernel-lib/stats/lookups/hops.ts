import { type Accounted, meanSample } from '../sample/estimate.ts'
import { mean } from '../sample/mean.ts'
import type { Sample } from '../sample/sample.ts'
import { onlyWhole } from './attempts.ts'
import { alreadyConnected } from './connected.ts'
import { classOf } from './outcome-class.ts'
import type { Traced, TracedAttempts } from './traced.ts'

/** D4 and what it rests on. */
export interface HopsSample extends Sample {
  /** Lookups whose last hop had to be inferred from the requests that were open at the end. */
  readonly inferred: number
  /** Of these, lookups whose open requests differ in depth, so that the number of hops is a guess. */
  readonly ambiguous: number
  /** Mean if every ambiguous lookup took the fewest hops it may have, and the most. */
  readonly ambiguousBounds: { readonly low: number | null; readonly high: number | null }
  /** Lookups that succeeded and whose hops the record does not tell; part of `missing`. */
  readonly unplaced: number
  /** Share of pairs that were already connected: in a small network, which is a clique, hops say little. */
  readonly connected: Sample
  /** Hops to the nearest peer that answered, over all lookups, failed ones too. */
  readonly toClosest: Sample
}

/** D4: hops of the lookups that succeeded: length of the path from the own node (0) to the answer that held the record or named the target, else to the closest successful query. */
export function hops(attempts: TracedAttempts): HopsSample {
  const { ended, expected, missing, kind } = onlyWhole(attempts)
  const ok = ended.filter((each) => classOf(each) === 'ok')
  const failed = ended.filter((each) => classOf(each) === 'failed').length
  const absent = ended.length - ok.length - failed
  const placed = ok.filter((each) => each.hops.hops !== null)
  const unplaced = ok.length - placed.length
  const inferred = placed.filter((each) => each.hops.from === 'inferred')
  const counted = { expected: expected - absent, failed, missing: missing + unplaced, censored: 0 }
  return {
    ...meanSample(aboutHops(kind), observed(placed, 'hops'), counted),
    inferred: inferred.length,
    ambiguous: inferred.filter(({ hops }) => hops.fewest !== hops.most).length,
    ambiguousBounds: {
      low: mean(placed.map(({ hops }) => hops.fewest as number)),
      high: mean(placed.map(({ hops }) => hops.most as number)),
    },
    unplaced,
    connected: alreadyConnected(attempts),
    toClosest: toClosest(ended, { expected, failed, missing, censored: 0 }),
  }
}

function toClosest(ended: readonly Traced[], counted: Accounted): Sample {
  const placed = ended.filter((each) => each.hops.toClosest !== null)
  const about = {
    name: 'hops to the closest successful query, all lookups',
    entry: 'D4',
    definition: 'depth of the peer nearest to the target among those that answered; the own node is 0',
    unit: 'hops',
  }
  const missing = counted.missing + ended.length - placed.length
  return meanSample(about, observed(placed, 'toClosest'), { ...counted, failed: 0, missing })
}

function observed(attempts: readonly Traced[], which: 'hops' | 'toClosest') {
  return attempts.map((each) => ({ ...each, value: each.hops[which] as number }))
}

function aboutHops(kind: string | null) {
  return {
    name: `hops of ${kind ?? 'all'} lookups that succeed`,
    entry: 'D4',
    definition:
      'length of the path from the own node to the first answer that held the record or named the target; for walks without one, to the closest successful query',
    unit: 'hops',
  }
}
