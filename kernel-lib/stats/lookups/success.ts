import { shareSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import type { Attempts } from './attempts.ts'
import { classOf } from './outcome-class.ts'

/** D1 with the endings counted apart. */
export interface Success extends Sample {
  readonly counts: Readonly<Record<'ok' | 'failed' | 'timeout' | 'absent', number>>
}

/** D1: success rate, ok/(ok + failed + timed out), with Wilson's interval. `absent` (not found, and provably not there) is counted apart and is in neither part. */
export function success({ ended, expected, missing, kind }: Attempts): Success {
  const counts = { ok: 0, failed: 0, timeout: 0, absent: 0 }
  for (const { status } of ended) counts[status]++
  const judged = ended.filter((each) => classOf(each) !== 'absent')
  const about = {
    name: `share of ${kind ?? 'all'} lookups that succeed`,
    entry: 'D1',
    definition: 'ok / (ok + failed + timed out); lookups for what is provably absent are counted apart',
    unit: 'share',
  }
  const failed = counts.failed + counts.timeout
  const hits = judged.map((each) => ({ ...each, hit: each.status === 'ok' }))
  return { ...shareSample(about, hits, { expected: expected - counts.absent, failed, missing, censored: 0 }), counts }
}
