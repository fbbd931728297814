import { InputError } from '../../errors.ts'
import type { Observed } from '../observed/observed.ts'
import { type PairedDifference, pairedDifference } from './paired-difference.ts'
import { type PairedMeasure, pairedMeasures } from './paired-measures.ts'
import { pairsOf } from './pairs.ts'

/** How much of a change matters, and how intervals are drawn. */
export interface ComparePairedOptions {
  /** Largest change that still counts as none, relative to the baseline: 0.05 is five per cent. */
  readonly margin: number
  /** Of the bootstrap; 1 unless said. */
  readonly seed?: number
}

/** `agrees`: the whole interval of the change lies within the margin; `less`, `more`: all of it beyond; else `unknown`. */
export type PairedVerdict = 'agrees' | 'less' | 'more' | 'unknown'

/** How one statistic differs between two networks of the same nodes and keys. */
export interface PairedComparison extends PairedDifference, Pick<PairedMeasure, 'entry' | 'name' | 'unit'> {
  /** Pairs. */
  readonly n: number
  /** Observations that the other side lacks. */
  readonly unpaired: number
  readonly margin: number
  readonly verdict: PairedVerdict
}

/** Fewest pairs that a verdict is given on. */
const fewest = 10

/**
 * Compares two networks whose nodes have the same identities and ask for the same keys, seed by seed: each lookup with the same node's lookup of the
 * same key (D1, D2, D4, D7, D8, D13), each table with the same node's (R1, before lookups and after). Means over pairs; intervals of the change
 * relative to the baseline's mean resample seeds, then nodes, then pairs.
 *
 * @throws InputError when the margin is no number from 0, or no seed has runs on both sides.
 */
export function comparePaired(
  baseline: Observed,
  candidate: Observed,
  { margin, seed = 1 }: ComparePairedOptions,
): readonly PairedComparison[] {
  checkSides(baseline, candidate, margin)
  return pairedMeasures.map(({ entry, name, unit, observe }) => {
    const { pairs, unpaired } = pairsOf(observe(baseline), observe(candidate))
    const difference = pairedDifference(pairs, { of: 'mean', share: unit === 'share', seed })
    const verdict = verdictOf(difference, { n: pairs.length, margin })
    return { entry, name, unit, ...difference, n: pairs.length, unpaired, margin, verdict }
  })
}

function verdictOf(
  { change, difference }: PairedDifference,
  { n, margin }: { n: number; margin: number },
): PairedVerdict {
  if (n < fewest) return 'unknown'
  const { interval } = change
  // Pairs that are all alike have no interval, and no change.
  if (interval === null) return difference.estimate === 0 ? 'agrees' : 'unknown'
  if (interval.low >= -margin && interval.high <= margin) return 'agrees'
  if (interval.high < -margin) return 'less'
  return interval.low > margin ? 'more' : 'unknown'
}

function checkSides(baseline: Observed, candidate: Observed, margin: number): void {
  if (typeof margin !== 'number' || !(margin >= 0))
    throw new InputError(
      `comparePaired: margin ${JSON.stringify(margin)}: write a number from 0, such as 0.05 for five per cent`,
    )
  const [left, right] = [seedsOf(baseline), seedsOf(candidate)]
  if (!left.some((seed) => right.includes(seed)))
    throw new InputError(
      `comparePaired: no seed has runs on both sides: ${left.join(', ') || 'none'} and ${right.join(', ') || 'none'}; give runs of the same seeds`,
    )
}

const seedsOf = ({ records }: Observed): number[] => records.map(({ spec }) => spec.seed)
