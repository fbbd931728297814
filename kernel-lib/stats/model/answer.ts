import { type Answer, showing } from '../showing.ts'
import type { TablesRow, TablesStudy } from './tables-study.ts'
import { hopsInWords } from './words.ts'

/** Says in one sentence whether the candidate's tables shorten lookups, at the size of buckets that is asked about; the first one unless said. */
export function answerTables({ spec, rows }: TablesStudy, bucketSize: number = spec.bucketSizes[0] ?? 0): Answer {
  const row = rows.find((each) => each.bucketSize === bucketSize)
  const failed = (row?.baseline.failed ?? 0) + (row?.candidate.failed ?? 0)
  const [low, high] = [row?.difference.interval?.low ?? Number.NaN, row?.difference.interval?.high ?? Number.NaN]
  const rest = `a model of ${spec.peers.toLocaleString('en-US')} peers, ${spec.sets} sets, ${row?.difference.n.toLocaleString('en-US') ?? 0} pairs of lookups, ${failed} failed`
  if (row === undefined || Number.isNaN(low))
    return showing({
      schema: 'hoplab/answer/1',
      text: `Unknown: there is no interval at buckets of ${bucketSize} (${rest}).`,
      unknown: true,
    })
  const unknown = low <= 0 && high >= 0
  const head = unknown
    ? `It cannot be told whether ${spec.candidate} buckets of ${bucketSize} change lookups: the difference from ${spec.baseline} ones is ${hopsInWords(row.difference, ' hops')}`
    : `${high < 0 ? 'Yes' : 'No'}, ${amount(row)}: a lookup takes ${hopsInWords(row.candidate, ' hops')} with ${spec.candidate} buckets of ${bucketSize}, and ${hopsInWords(row.baseline, ' hops')} with ${spec.baseline} ones; the difference is ${hopsInWords(row.difference, ' hops')}`
  return showing({ schema: 'hoplab/answer/1', text: `${head} (${rest}).`, unknown })
}

/** `by 1.8 %`, of the baseline. */
function amount({ baseline, difference }: TablesRow): string {
  const share = (difference.mean ?? 0) / (baseline.mean ?? Number.NaN)
  return `${share < 0 ? 'by' : 'they lengthen them by'} ${Math.abs(share * 100).toFixed(1)} %`
}
