import type { Observed } from '../observed/observed.ts'
import { type Member, nearestTo, truthOf } from '../observed/truth.ts'
import { meanSample, type Observation } from '../sample/estimate.ts'
import { mean } from '../sample/mean.ts'
import type { Sample } from '../sample/sample.ts'
import type { Attempt } from './attempts.ts'
import type { Traced, TracedAttempts } from './traced.ts'

/** D14 and its companion. */
export interface RankError extends Sample {
  /** Rank, among all, of the best peer returned; 1 is the nearest there is. */
  readonly closeness: Sample
}

/** D13 and D14. */
export interface Accuracy {
  readonly recall: Sample
  readonly rankError: RankError
}

interface Judged {
  readonly recall: number
  readonly rankError: number | null
  readonly closeness: number | null
  /** Recall among those of the k closest that can be dialed; null where none of them can. */
  readonly dialable: number | null
}

const walks = new Set(['get-closest-peers', 'provide', 'put-value'])

/**
 * D13 and D14, of the lookups that claim to return the closest peers: walks (get-closest-peers, provide, put-value) and lookups that
 * ran to completion. The truth T_k: the k nearest to the target among the server-mode nodes alive when the lookup began, without the
 * node that asks. Where fewer than k exist, k is their number. In a network that began warm the asking node told T_k when it asked: those that
 * ran and could be dialed; ranks are then known of lookups alone that returned none but these.
 */
export function accuracy(data: Pick<Observed, 'nodes' | 'records'>, attempts: TracedAttempts): Accuracy {
  const { claims, empty, judged } = judgedClaims(data, attempts)
  const sample = (which: 'recall' | 'rankError' | 'closeness') => {
    const placed = judged.flatMap((each) => (each[which] === null ? [] : [{ ...each, value: each[which] }]))
    const missing = claims - empty - placed.length
    return meanSample(about[which], placed, { expected: claims, failed: empty, missing, censored: 0 })
  }
  return { recall: sample('recall'), rankError: { ...sample('rankError'), closeness: sample('closeness') } }
}

/** D13 of each lookup that returned peers. */
export function recalls(data: Pick<Observed, 'nodes' | 'records'>, attempts: TracedAttempts): (Traced & Observation)[] {
  return judgedClaims(data, attempts).judged.map((each) => ({ ...each, value: each.recall }))
}

/** D13 of the peers that everybody can dial: |returned ∩ T_k ∩ dialable| / |T_k ∩ dialable|. A lookup of whose k closest none can be dialed has nothing to find and is not judged. */
export function dialableRecall(data: Pick<Observed, 'nodes' | 'records'>, attempts: TracedAttempts): Sample {
  const { claims, empty, judged } = judgedClaims(data, attempts)
  const placed = judged.flatMap((each) => (each.dialable === null ? [] : [{ ...each, value: each.dialable }]))
  const unjudged = judged.length - placed.length
  const missing = claims - empty - judged.length
  return meanSample(about.dialable, placed, { expected: claims - unjudged, failed: empty, missing, censored: 0 })
}

/** Whether a lookup claims to return the closest peers: a walk (get-closest-peers, provide, put-value), or any that ran to completion. */
export function claimsClosest({ kind, termination }: Attempt): boolean {
  return walks.has(kind) || termination === 'completed'
}

/** Lookups that claim to return the closest; those that returned none; and those that could be judged. */
function judgedClaims(data: Pick<Observed, 'nodes' | 'records'>, { ended }: TracedAttempts) {
  const truth = truthOf(data)
  const claims = ended.filter(claimsClosest)
  const returned = claims.filter((each) => each.closest.length > 0)
  const judged = returned.flatMap((each) => {
    if (each.nearest !== null)
      return each.nearest.length === 0 ? [] : [{ ...each, ...judgeByNearest(each, each.nearest) }]
    const servers = truth.servers(each.run, each.start_ms).filter(({ peer }) => peer !== each.own?.peer)
    return servers.length === 0 ? [] : [{ ...each, ...judge(each, servers) }]
  })
  return { claims: claims.length, empty: claims.length - returned.length, judged }
}

const about = {
  recall: {
    name: 'recall of the k closest',
    entry: 'D13',
    definition:
      '|returned ∩ T_k| / k; T_k: the k truly closest server-mode nodes alive at the start, without the asking node',
    unit: 'share',
  },
  dialable: {
    name: 'recall of those of the k closest that can be dialed',
    entry: 'D13',
    definition:
      '|returned ∩ T_k ∩ dialable| / |T_k ∩ dialable|; lookups of whose k closest none can be dialed are left out',
    unit: 'share',
  },
  rankError: {
    name: 'rank error',
    entry: 'D14',
    definition: 'mean of (true rank of the i-th peer returned − i); 0 is perfect',
    unit: 'ranks',
  },
  closeness: {
    name: 'closeness',
    entry: 'D14',
    definition: 'smallest true rank among the peers returned; 1 is the nearest there is',
    unit: 'rank',
  },
}

function judgeByNearest({ closest, k }: Traced, nearest: readonly string[]): Judged {
  const returned = closest.slice(0, k)
  const ranks = returned.map((peer) => nearest.indexOf(peer) + 1)
  const found = ranks.filter((rank) => rank > 0)
  const recall = found.length / nearest.length
  const isRanked = found.length === returned.length
  return {
    recall,
    rankError: isRanked ? mean(ranks.map((rank, i) => rank - (i + 1))) : null,
    closeness: found.length > 0 ? Math.min(...found) : null,
    dialable: recall,
  }
}

function judge({ targetKey, closest, k }: Traced, servers: readonly Member[]): Judged {
  const ranked = nearestTo(targetKey, servers, servers.length).map(({ peer }) => peer)
  const ranks = new Map(ranked.map((peer, i) => [peer, i + 1]))
  const returned = closest.slice(0, k)
  const size = Math.min(k, servers.length)
  const top = new Set(ranked.slice(0, size))
  const open = servers.filter(({ peer, dialable }) => dialable && top.has(peer)).map(({ peer }) => peer)
  const errors = returned.flatMap((peer, i) => {
    const rank = ranks.get(peer)
    return rank === undefined ? [] : [rank - (i + 1)]
  })
  const best = returned.reduce((min, peer) => Math.min(min, ranks.get(peer) ?? min), Number.POSITIVE_INFINITY)
  return {
    recall: returned.filter((peer) => top.has(peer)).length / size,
    rankError: mean(errors),
    closeness: Number.isFinite(best) ? best : null,
    dialable: open.length > 0 ? open.filter((peer) => returned.includes(peer)).length / open.length : null,
  }
}
