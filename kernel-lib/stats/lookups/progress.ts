import { commonPrefixLength, compareDistance } from '@hoplab/sdk'
import type { Origin } from '../sample/clusters.ts'
import { meanSample, shareSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import { onlyWhole } from './attempts.ts'
import { classOf } from './outcome-class.ts'
import type { Traced, TracedAttempts } from './traced.ts'

/** D6: what a hop gains. */
export interface Progress {
  /** Bits of common prefix with the target gained per hop. */
  readonly deltaCpl: Sample
  /** Share of hops that come nearer to the target. */
  readonly falling: Sample
  /** log2 of the peers that an answer names on average: the bits that a hop gains when peers are spread evenly. Null without answers. */
  readonly expectedPerHop: number | null
}

interface Step extends Origin {
  readonly value: number
  readonly hit: boolean
}

/** D6: over the hops on the path (D4) of every lookup that succeeded, from the own node to the peer that ended the search. The hop onto the target itself is left out; hops between peers without a known key are missing. */
export function progress(attempts: TracedAttempts): Progress {
  const { ended, keyOf } = onlyWhole(attempts)
  const ok = ended.filter((each) => classOf(each) === 'ok')
  const hops = ok.reduce((sum, each) => sum + pathOf(each).length, 0)
  const steps = ok.flatMap((attempt) => stepsOf(attempt, keyOf))
  const counted = { expected: hops, failed: 0, missing: hops - steps.length, censored: 0, of: 'hops' }
  return {
    deltaCpl: meanSample(about.deltaCpl, steps, counted),
    falling: shareSample(about.falling, steps, counted),
    expectedPerHop: peersPerAnswer(ended),
  }
}

const about = {
  deltaCpl: {
    name: 'progress per hop',
    entry: 'D6',
    definition: 'common prefix length with the target, of a peer on the path minus that of the one before',
    unit: 'bits',
  },
  falling: {
    name: 'hops that come nearer',
    entry: 'D6',
    definition: 'share of hops on the path after which the XOR distance to the target is smaller',
    unit: 'share',
  },
}

/** The path without the target itself: the hop onto it would gain all bits that are left, whatever the network. */
function pathOf({ hops, target_peer }: Traced): readonly string[] {
  return hops.path.filter((peer) => peer !== target_peer)
}

function stepsOf(attempt: Traced, keyOf: TracedAttempts['keyOf']): Step[] {
  const { own, run, group, instance, targetKey } = attempt
  const keys = [own?.peer ?? null, ...pathOf(attempt)].map((peer) => (peer === null ? null : keyOf(peer)))
  return keys.slice(1).flatMap((key, i) => {
    const before = keys[i]
    if (!key || !before) return []
    const value = commonPrefixLength(targetKey, key) - commonPrefixLength(targetKey, before)
    return [{ run, group, instance, value, hit: compareDistance(targetKey, key, before) < 0 }]
  })
}

function peersPerAnswer(attempts: readonly Traced[]): number | null {
  let answers = 0
  let named = 0
  for (const { events } of attempts)
    for (const { event, closer } of events)
      if (event === 'answered' && closer !== null) {
        answers++
        named += closer.length
      }
  return named > 0 ? Math.log2(named / answers) : null
}
