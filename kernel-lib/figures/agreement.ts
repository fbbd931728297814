import { type Agreement, type Difference, scaled } from '../stats/agreement/agreement.ts'
import { differenceInWords, hiddenInWords } from '../stats/agreement/words.ts'
import { colours } from './draw/colours.ts'
import { type Point, pointsAcross } from './draw/points-across.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { captionOf, counted, inWords, methodOf } from './words/words.ts'

/** Figure of how processes differ from their simulation in what no processor slows down: each difference with its interval, as a share of the simulated value. */
export function agreement(study: Agreement): Figure {
  const { differences, seeds, nodes, lookups, roundTripMs, runs } = study
  const told = differences.filter(({ timed, difference }) => !timed && difference.interval !== null)
  const common = {
    name: 'agreement',
    subtitle:
      'Processes − simulation in what no processor slows down, as a share of the simulated value (of shares: points of a hundred), with its 95 % interval. The same node, key and seed on both sides are a pair. ±: a larger difference would have been seen.',
    caption: captionOf(
      `${counted(nodes, 'node')}, ${counted(seeds.length, 'seed')}, round trip ${roundTripMs} ms, ${lookups.simulated.toLocaleString('en-US')} simulated and ${lookups.real.toLocaleString('en-US')} real lookups, ${lookups.failed} failed`,
      basisOf(told),
      methodOf(told.find(({ entry }) => entry === 'D4')?.difference.interval),
      'D1: newcombe',
    ),
    // Processes have no warm start, and both sides are of the same experiments.
    runs: runs.map((run) => ({ run, start: null })),
  }
  if (told.length === 0)
    return noData({ ...common, what: 'Processes against simulation', why: 'no difference has an interval' })
  const title = titleOf(told)
  return makeFigure({
    ...common,
    title,
    description: `${title}. ${told.map((each) => `${each.name}: ${differenceInWords(each)} ${each.unit}`).join('; ')}.`,
    columns: ['entry', 'statistic', 'unit', 'simulated', 'processes', 'difference', 'low', 'high', 'holds_zero', 'n'],
    rows: told.map(rowOf),
    draw: (ground) =>
      pointsAcross(ground, told.map(pointOf), {
        label: 'processes − simulation, %',
        domain: domainOf(told),
        reference: 0,
      }),
  })
}

/** `n 1,000 (D1, D4), 200 (R1)` */
function basisOf(told: readonly Difference[]): string {
  const sizes = [...new Set(told.map(({ n }) => n))]
  const of = (size: number) => [...new Set(told.flatMap(({ n, entry }) => (n === size ? [entry] : [])))].join(', ')
  return `pairs: ${sizes.map((size) => `n ${size.toLocaleString('en-US')} (${of(size)})`).join(', ')}`
}

function titleOf(told: readonly Difference[]): string {
  const differing = told.filter(({ holdsZero }) => !holdsZero)
  if (differing.length === 0) return `No difference is seen in any of ${counted(told.length, 'statistic')}`
  const names = differing.length > 2 ? '' : `: ${differing.map(({ name }) => name).join('; ')}`
  return `No difference is seen in ${told.length - differing.length} of ${counted(told.length, 'statistic')}; ${inWords(differing.length)} differ${differing.length === 1 ? 's' : ''}${names}`
}

function rowOf({ entry, name, unit, simulated, real, difference, holdsZero, n }: Difference): readonly Cell[] {
  const { estimate, interval } = difference
  return [entry, name, unit, simulated, real, estimate, interval?.low ?? null, interval?.high ?? null, holdsZero, n]
}

/** In per cent of the simulated value, of shares in points of a hundred. */
function percentOf(each: Difference, value: number | null | undefined): number | null {
  const share = scaled(each, value ?? null)
  return share === null ? null : 100 * share
}

function pointOf(each: Difference): Point {
  const { estimate, interval } = each.difference
  const agrees = each.holdsZero === true
  return {
    label: `${each.entry} ${each.name}`,
    value: percentOf(each, estimate),
    low: percentOf(each, interval?.low),
    high: percentOf(each, interval?.high),
    note: hiddenInWords(each),
    colour: agrees ? colours.blue : colours.orange,
    symbol: agrees ? 'circle' : 'diamond2',
    filled: agrees,
  }
}

/** Every interval, and five per cent to both sides at least. */
function domainOf(told: readonly Difference[]): readonly [number, number] {
  const ends = told.flatMap((each) =>
    [each.difference.interval?.low, each.difference.interval?.high].map((end) => percentOf(each, end) ?? 0),
  )
  return [Math.min(-5, ...ends) * 1.05, Math.max(5, ...ends) * 1.05]
}
