import { dot, rectY, ruleY } from '@observablehq/plot'
import { accuracy } from '../stats/lookups/accuracy.ts'
import type { AttemptOptions } from '../stats/lookups/attempts.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { meanMark } from './draw/mean-mark.ts'
import { plotted } from './draw/plotted.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, between, captionOf, figureOf, methodOf, percent, subtitleOf } from './words/words.ts'

const bins = 20
/** Where a recall of exactly 1 stands: in a bin of its own past 95–100 %. */
const whole = 100 + 50 / bins

interface Bin {
  readonly low: number
  readonly high: number
  readonly lookups: number
}

/** Figure of D13: share of the truly closest peers that lookups return. */
export function recallAtK(data: Observed, options: AttemptOptions = {}): Figure {
  return drawRecall(accuracy(data, trace(data, options)).recall, drawnRuns(data))
}

/** The same from the statistic. */
export function drawRecall(recall: Sample, runs: readonly DrawnRun[]): Figure {
  const common = {
    name: 'recall',
    subtitle: subtitleOf(recall),
    caption: captionOf(basisOf(recall, 'lookup'), methodOf(recall.interval)),
    runs,
  }
  const values = recall.values ?? []
  if (values.length === 0)
    return noData({
      ...common,
      what: 'Recall of the k closest',
      why: 'no lookup that claims to return the closest peers did so (get-closest-peers, provide and put-value do)',
    })
  const whole = values.filter((value) => value === 1).length
  const title = `Lookups return ${percent(recall.mean)} of the truly closest peers; ${percent(whole / values.length)} return all of them`
  const counted = binsOf(values)
  return makeFigure({
    ...common,
    title,
    description: `${title}. Mean ${figureOf(recall.mean)} ${between(recall.interval)}, least ${figureOf(Math.min(...values))}, from ${recall.n} lookups.`,
    columns: ['recall_from', 'recall_to', 'lookups'],
    rows: counted.map((bin) => [bin.low, bin.high, bin.lookups]),
    draw: (ground) => draw(ground, recall, counted),
  })
}

/** Bins of a twentieth; a recall of exactly 1 has one of its own at the right end. */
function binsOf(values: readonly number[]): Bin[] {
  const counts = new Array<number>(bins + 1).fill(0)
  for (const value of values) {
    const at = Math.floor(value * bins + 1e-9)
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts.map((lookups, index) => ({ low: index / bins, high: Math.min(1, (index + 1) / bins), lookups }))
}

function draw(ground: Ground, recall: Sample, counted: readonly Bin[]): Drawing {
  const values = recall.values ?? []
  const few = values.length < 30
  const highest = Math.max(...counted.map((bin) => bin.lookups))
  const top = highest * 1.15
  const from = Math.min(1 - 5 / bins, counted.find((bin) => bin.lookups > 0)?.low ?? 0)
  const domain = [from * 100 - 1, 100 + 100 / bins + 1] as const
  return plotted(ground, {
    height: ground.narrow ? 260 : 280,
    x: {
      label: 'share of the k closest returned, %',
      domain,
      ticks: ticksOf(from, ground),
      tickFormat: (at: number) => (at > 100 ? 'all' : String(at)),
    },
    y: { label: 'lookups', domain: [0, top * 1.1], ticks: Math.min(4, highest), tickFormat: 'd' },
    marks: [
      few
        ? dot(piled(values), { x: 'x', y: 'y', r: 4, fill: colours.blue })
        : rectY(
            counted.filter((bin) => bin.lookups > 0),
            {
              x1: (bin: Bin) => bin.low * 100,
              x2: (bin: Bin) => (bin.low + 1 / bins) * 100,
              y: 'lookups',
              fill: colours.blue,
              insetLeft: 0.5,
              insetRight: 0.5,
            },
          ),
      ruleY([0]),
      ...meanMark(inPercent(recall), { y: top, domain }),
    ],
  })
}

function ticksOf(from: number, ground: Ground): number[] {
  const step = 1 - from > (ground.narrow ? 0.4 : 0.5) ? 20 : 10
  const below = Array.from({ length: 10 }, (_, index) => 100 - (index + 1) * step).filter((at) => at >= from * 100)
  return [...below.reverse(), whole]
}

function inPercent(recall: Sample): Sample {
  const { interval } = recall
  return {
    ...recall,
    mean: recall.mean == null ? null : recall.mean * 100,
    interval: interval ? { ...interval, low: interval.low * 100, high: interval.high * 100 } : null,
  }
}

function piled(values: readonly number[]): { x: number; y: number }[] {
  const piles = new Map<number, number>()
  return values.map((value) => {
    const y = (piles.get(value) ?? 0) + 1
    piles.set(value, y)
    return { x: value === 1 ? whole : value * 100, y: y - 0.5 }
  })
}
