import type { AttemptOptions, Attempts } from '../stats/lookups/attempts.ts'
import { type Termination, termination } from '../stats/lookups/termination.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { shareSample } from '../stats/sample/estimate.ts'
import type { Interval } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { barsAcross } from './draw/bars-across.ts'
import { colours } from './draw/colours.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, between, captionOf, methodOf, percent, subtitleOf } from './words/words.ts'

/** What the figure of termination reasons is drawn from. */
export interface TerminationData {
  readonly termination: Termination
  /** Interval of the share of each reason. */
  readonly intervals: Readonly<Record<string, Interval | null>>
  readonly runs: readonly DrawnRun[]
}

interface Reason {
  readonly reason: string
  readonly count: number
  readonly share: number
  readonly interval: Interval | null
}

/** Figure of D11: shares of the reasons for which lookups ended. */
export function terminationReasons(data: Observed, options: AttemptOptions = {}): Figure {
  const taken = trace(data, options)
  return drawTermination({ termination: termination(taken), intervals: intervalsOf(taken), runs: drawnRuns(data) })
}

const meanings: Readonly<Record<string, string>> = {
  stopped: 'stop with the result in hand',
  completed: 'complete: the nearest peers have all answered',
  starvation: 'starve: nobody is left to ask',
  cancelled: 'are cancelled',
  unknown: 'end for an unknown reason',
}

/** The same from the statistic. */
export function drawTermination({ termination: about, intervals, runs }: TerminationData): Figure {
  const reasons: Reason[] = Object.entries(about.counts)
    .map(([reason, count]) => ({ reason, count, share: count / about.n, interval: intervals[reason] ?? null }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
  const [first] = reasons
  const common = {
    name: 'termination',
    subtitle: subtitleOf(about),
    caption: captionOf(basisOf(about, 'lookup'), methodOf(first?.interval)),
    runs,
  }
  if (!first) return noData({ ...common, what: 'Why lookups end', why: 'no lookup ended' })
  const most = first.count === about.n ? 'All' : `${percent(first.share)} of`
  const title = `${most} lookups ${meanings[first.reason] ?? `end as “${first.reason}”`}`
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${reasons.map((one) => `${one.reason}: ${percent(one.share)} ${between(one.interval, percent)}`.trim()).join('; ')}.`,
    columns: ['reason', 'lookups', 'share', 'low', 'high'],
    rows: reasons.map((one) => [
      one.reason,
      one.count,
      one.share,
      one.interval?.low ?? null,
      one.interval?.high ?? null,
    ]),
    draw: (ground) => barsAcross(ground, reasons.map(barOf), { label: 'share of lookups, % · lookups', most: 100 }),
  })
}

function barOf({ reason, count, share, interval }: Reason) {
  return {
    label: reason,
    value: share * 100,
    low: interval ? interval.low * 100 : undefined,
    high: interval ? interval.high * 100 : undefined,
    note: `${percent(share)} · ${count.toLocaleString('en-US')}`,
    colour: reason === 'unknown' || reason === 'cancelled' ? colours.grey : colours.blue,
  }
}

function intervalsOf({ ended }: Pick<Attempts, 'ended'>): Record<string, Interval | null> {
  const about = { name: '', entry: 'D11', definition: '', unit: 'share' }
  const reasons = [...new Set(ended.map((each) => each.termination))]
  return Object.fromEntries(
    reasons.map((reason) => {
      const hits = ended.map((each) => ({ ...each, hit: each.termination === reason }))
      const share = shareSample(about, hits, { expected: hits.length, failed: 0, missing: 0, censored: 0 })
      return [reason, share.interval ?? null]
    }),
  )
}
