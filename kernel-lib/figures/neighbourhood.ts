import type { Observed } from '../stats/observed/observed.ts'
import { type Neighbourhood, neighbourhood } from '../stats/routing/neighbourhood.ts'
import { tablesAt } from '../stats/routing/tables.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { snapshotsOf } from './data/snapshots.ts'
import { colours } from './draw/colours.ts'
import { type Point, pointsAcross } from './draw/points-across.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, between, captionOf, methodOf, percent, subtitleOf } from './words/words.ts'

/** Figure of R5: share of tables that hold all, most and few of their own k closest, at each snapshot in the order of time. */
export function neighbourhoodKnown(data: Observed): Figure {
  const snapshots = snapshotsOf(data)
  const at = (snapshots.length === 0 ? [{}] : snapshots.map((snapshot) => ({ snapshot }))).map((options) =>
    neighbourhood(tablesAt(data, options)),
  )
  return drawNeighbourhood(at, drawnRuns(data))
}

const measures = [
  { key: 'all', label: 'all of them', colour: colours.blue, symbol: 'circle', filled: true },
  { key: 'most', label: 'at least 90 %', colour: colours.sky, symbol: 'diamond2', filled: true },
  { key: 'few', label: 'under 25 %', colour: colours.vermilion, symbol: 'times', filled: false },
] as const

/** The same from the statistic, one element for each snapshot. */
export function drawNeighbourhood(at: readonly Neighbourhood[], runs: readonly DrawnRun[]): Figure {
  const told = at.filter((each) => each.n > 0)
  const last = told.at(-1)
  const common = {
    name: 'neighbourhood',
    subtitle: last ? subtitleOf(last) : 'Share of the k closest nodes that tables hold (R5).',
    caption: captionOf(
      ...at.map((each) => `${each.snapshot === null ? '' : `${each.snapshot}: `}${basisOf(each, 'table')}`),
      methodOf(last?.all.interval),
    ),
    runs,
  }
  if (!last) return noData({ ...common, what: 'Knowledge of the neighbourhood', why: 'no routing table was recorded' })
  const title = titleOf(told)
  const rows = told.flatMap((each) =>
    measures.map((measure) => ({ ...measure, snapshot: String(each.snapshot), share: each[measure.key] })),
  )
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${told.map((each) => `${each.snapshot}: ${percent(each.all.estimate)} hold all, ${percent(each.few.estimate)} hold under a quarter`).join('; ')}.`,
    columns: ['snapshot', 'tables_that_hold', 'share', 'low', 'high', 'tables'],
    rows: rows.map(({ snapshot, label, share }) => [
      snapshot,
      label,
      share.estimate ?? null,
      share.interval?.low ?? null,
      share.interval?.high ?? null,
      share.n,
    ]),
    draw: (ground) =>
      pointsAcross(ground, rows.map(pointOf), {
        label: 'share of tables, %',
        domain: [0, 100],
        breaks: told.map((_, index) => index * measures.length).slice(1),
      }),
  })
}

function titleOf(told: readonly Neighbourhood[]): string {
  const [first, last] = [told[0], told.at(-1)]
  const at = (each: Neighbourhood | undefined) => percent(each?.all.estimate)
  if (last?.all.estimate === 0)
    return `No node knows all of its k closest; ${percent(last.few.estimate)} know under a quarter`
  const who =
    last?.all.estimate === 1
      ? 'Every node knows all of its k closest'
      : `${at(last)} of nodes know all of their k closest`
  const before = told.length > 1 && at(first) !== at(last) ? `, ${at(first)} at “${first?.snapshot}”` : ''
  return `${who} at “${last?.snapshot}”${before}`
}

function pointOf({
  snapshot,
  label,
  colour,
  symbol,
  filled,
  share,
}: {
  snapshot: string
  label: string
  colour: string
  symbol: string
  filled: boolean
  share: Sample
}): Point {
  const scaled = (value: number | null | undefined) => (value === null || value === undefined ? null : value * 100)
  return {
    label: `${snapshot}: ${label}`,
    value: scaled(share.estimate),
    low: scaled(share.interval?.low),
    high: scaled(share.interval?.high),
    note: `${percent(share.estimate)} ${between(share.interval, percent)}`.trim(),
    colour,
    symbol,
    filled,
  }
}
