import { rectY, ruleX, ruleY, text } from '@observablehq/plot'
import type { AttemptOptions } from '../stats/lookups/attempts.ts'
import { alreadyConnected } from '../stats/lookups/connected.ts'
import { type Progress, progress } from '../stats/lookups/progress.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { colours } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { meanMark } from './draw/mean-mark.ts'
import { plotted } from './draw/plotted.ts'
import { wholeTicks } from './draw/ticks.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { connectedWords } from './words/connected-words.ts'
import { basisOf, between, captionOf, figureOf, methodOf, percent, subtitleOf } from './words/words.ts'

interface Bar {
  readonly bits: number
  readonly hops: number
}

/** Figure of D6: bits of common prefix that each hop gains, against what evenly spread peers would gain. */
export function progressPerHop(data: Observed, options: AttemptOptions = {}): Figure {
  const taken = trace(data, options)
  return drawProgress({ ...progress(taken), connected: alreadyConnected(taken), runs: drawnRuns(data) })
}

/** What the figure of progress is drawn from. */
export interface ProgressData extends Progress {
  /** Share of lookups whose asker was connected to the target beforehand. */
  readonly connected: Sample
  readonly runs: readonly DrawnRun[]
}

/** The same from the statistics. */
export function drawProgress(data: ProgressData): Figure {
  const { deltaCpl, falling, runs } = data
  const common = {
    name: 'progress',
    subtitle: subtitleOf(deltaCpl),
    caption: captionOf(
      basisOf(deltaCpl, 'hop'),
      `${percent(falling.estimate)} of hops come nearer ${between(falling.interval, percent)}`.trim(),
      `expected ${figureOf(data.expectedPerHop)} bits: log2 of the peers that an answer names`,
      connectedWords(data.connected),
      methodOf(deltaCpl.interval),
    ),
    runs,
  }
  if (deltaCpl.n === 0)
    return noData({
      ...common,
      what: 'Progress per hop',
      why: 'no lookup that succeeded took a hop between peers with known keys',
    })
  const title = `A hop gains ${figureOf(deltaCpl.mean)} bits on average; ${percent(falling.estimate)} of hops come nearer to the target`
  const bars = Object.entries(deltaCpl.counts ?? {})
    .map(([bits, hops]) => ({ bits: Number(bits), hops }))
    .sort((a, b) => a.bits - b.bits)
  return makeFigure({
    ...common,
    title,
    description: `${title}. Mean ${figureOf(deltaCpl.mean)} bits ${between(deltaCpl.interval)}, from ${deltaCpl.n} hops; ${figureOf(data.expectedPerHop)} expected.`,
    columns: ['bits_gained', 'hops', 'share'],
    rows: bars.map(({ bits, hops }) => [bits, hops, hops / deltaCpl.n]),
    draw: (ground) => draw(ground, data, bars),
  })
}

function draw(ground: Ground, { deltaCpl, expectedPerHop }: Progress, bars: readonly Bar[]): Drawing {
  const highest = Math.max(...bars.map((bar) => bar.hops))
  const top = highest * 1.1
  const bits = [...bars.map((bar) => bar.bits), expectedPerHop ?? 0]
  const domain = [Math.min(...bits) - 0.6, Math.max(...bits) + 0.6] as const
  const expected = expectedPerHop === null ? [] : [expectedPerHop]
  const place = ((expectedPerHop ?? 0) - domain[0]) / (domain[1] - domain[0])
  const right = place > 0.75 || (place > 0.25 && (deltaCpl.mean ?? 0) > (expectedPerHop ?? 0))
  return plotted(ground, {
    height: ground.narrow ? 280 : 300,
    x: { label: 'bits gained by a hop', domain, ticks: wholeTicks(domain, ground), tickFormat: 'd' },
    y: { label: 'hops', domain: [0, top * 1.22], ticks: 4 },
    marks: [
      rectY(bars, {
        x1: (bar: Bar) => bar.bits - 0.42,
        x2: (bar: Bar) => bar.bits + 0.42,
        y: 'hops',
        fill: (bar: Bar) => (bar.bits < 0 ? colours.vermilion : bar.bits === 0 ? colours.grey : colours.blue),
      }),
      ruleY([0]),
      ruleX(expected, { strokeDasharray: '5 3', strokeWidth: 1.5 }),
      text(expected, {
        x: (value: number) => value,
        y: top * 1.18,
        dx: right ? -6 : 6,
        textAnchor: right ? 'end' : 'start',
        text: (value: number) => `expected ${figureOf(value)}`,
      }),
      ...meanMark(deltaCpl, { y: top, domain }),
    ],
  })
}
