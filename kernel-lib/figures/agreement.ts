import { type Agreement, type Difference, scaled } from '../stats/agreement/agreement.ts'
import { differenceInWords, hiddenInWords, sideInWords } from '../stats/agreement/words.ts'
import { colours } from './draw/colours.ts'
import { type Point, pointsAcross } from './draw/points-across.ts'
import type { Cell, Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { captionOf, counted, methodOf } from './words/words.ts'

/** Figure of how processes differ from their simulation: each difference with its interval, as a share of the simulated value. */
export function agreement(study: Agreement): Figure {
  const { differences, seeds, nodes, lookups, roundTripMs, runs } = study
  const told = differences.filter(({ difference, simulated }) => difference.interval !== null && simulated !== null)
  const common = {
    name: 'agreement',
    subtitle:
      'Processes − simulation, statistic by statistic, as a share of the simulated value (of shares: the difference in points of a hundred), with its 95 % interval. The same node, key and seed on both sides are a pair.',
    caption: captionOf(
      `${counted(nodes, 'node')}, ${counted(seeds.length, 'seed')}, ${lookups.simulated} simulated and ${lookups.real} real lookups, ${lookups.failed} failed, round trip ${roundTripMs} ms`,
      told.map(({ entry, name, n }) => `${entry} ${name}: n ${n}`).join('; '),
      methodOf(told.find(({ entry }) => entry === 'D4')?.difference.interval),
      'D1: newcombe',
    ),
    runs,
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
        label: 'processes − simulation, % of the simulated value (of shares: points)',
        domain: domainOf(told),
        reference: 0,
        breaks: told.flatMap(({ timed }, at) => (timed && !told[at - 1]?.timed ? [at] : [])),
      }),
  })
}

function titleOf(told: readonly Difference[]): string {
  const of = (timed: boolean) => told.filter((each) => each.timed === timed)
  const agreeing = of(false).filter(({ holdsZero }) => holdsZero)
  const late = of(true).some(({ difference }) => (difference.interval?.low ?? 0) > 0)
  const head = `No difference is seen in ${agreeing.length} of ${counted(of(false).length, 'statistic')}`
  return late ? `${head}; lookups take longer on processes` : head
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
    note: `${sideInWords(each, each.simulated)} → ${sideInWords(each, each.real)}, none beyond ${hiddenInWords(each)}`,
    colour: agrees ? colours.blue : colours.orange,
    symbol: agrees ? 'circle' : 'diamond2',
    filled: agrees,
  }
}

/** Every interval, and ten per cent to both sides at least. */
function domainOf(told: readonly Difference[]): readonly [number, number] {
  const ends = told.flatMap((each) =>
    [each.difference.interval?.low, each.difference.interval?.high].map((end) => percentOf(each, end) ?? 0),
  )
  return [Math.min(-10, ...ends) * 1.05, Math.max(10, ...ends) * 1.05]
}
