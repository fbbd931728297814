import { type Data, rectY, ruleY, stackY, text } from '@observablehq/plot'
import type { AttemptOptions } from '../stats/lookups/attempts.ts'
import { type Messages, messages } from '../stats/lookups/messages.ts'
import type { ByClass } from '../stats/lookups/outcome-class.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import type { Sample } from '../stats/sample/sample.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { markOf } from './draw/colours.ts'
import type { Drawing, Ground } from './draw/drawing.ts'
import { withLegend } from './draw/legend.ts'
import { plotted } from './draw/plotted.ts'
import { wholeTicks } from './draw/ticks.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, between, captionOf, figureOf, methodOf, plural } from './words/words.ts'

const kinds = [
  { key: 'sent', label: 'requests sent' },
  { key: 'received', label: 'answers received' },
  { key: 'timeouts', label: 'time-outs' },
] as const
/** Time-outs are too rare for a panel: they stand in words, and in the table. */
const panels = kinds.slice(0, 2)

interface Count {
  readonly panel: string
  readonly messages: number
  readonly lookups: number
  readonly status: 'ok' | 'failed'
}

/** Figure of D7: messages per lookup, sent, received and timed out; lookups that succeeded and that failed apart. */
export function messagesPerLookup(data: Observed, options: AttemptOptions = {}): Figure {
  return drawMessages(messages(trace(data, options)), drawnRuns(data))
}

/** The same from the statistic. */
export function drawMessages(data: ByClass<Messages>, runs: readonly DrawnRun[]): Figure {
  const { sent, received, timeouts } = data.all
  const common = {
    name: 'messages',
    subtitle:
      'Messages per lookup (D7): requests that left, usable answers that came, requests that failed by a time-out.',
    caption: captionOf(basisOf(sent, 'lookup'), methodOf(sent.interval)),
    runs,
  }
  if (sent.n === 0) return noData({ ...common, what: 'Messages per lookup', why: 'no lookup ended' })
  const told = (sample: Sample) => `${figureOf(sample.mean)} ${between(sample.interval)}`.trim()
  const counts = kinds.flatMap(({ key, label }) => [
    ...countsOf(label, data.ok[key], 'ok'),
    ...countsOf(label, data.failed[key], 'failed'),
  ])
  return makeFigure({
    ...common,
    title: titleOf(data),
    description: `Per lookup, mean: ${told(sent)} requests sent, ${told(received)} answers received, ${told(timeouts)} time-outs; ${data.failed.sent.n} of ${sent.n} lookups failed.`,
    columns: ['kind', 'messages', 'lookups', 'status'],
    rows: counts.map((count) => [count.panel, count.messages, count.lookups, count.status]),
    draw: (ground) => draw(ground, data, counts),
  })
}

function titleOf({ ok, failed, all }: ByClass<Messages>): string {
  const apart = ok.sent.n > 0 && failed.sent.n > 0
  if (apart)
    return `A lookup that succeeds sends ${figureOf(ok.sent.mean)} requests on average, one that fails ${figureOf(failed.sent.mean)}`
  return `A lookup sends ${figureOf(all.sent.mean)} requests on average and gets ${figureOf(all.received.mean)} ${plural(all.received.mean ?? 0, 'answer')}`
}

function countsOf(panel: string, sample: Sample, status: Count['status']): Count[] {
  const counts = Object.entries(sample.counts ?? {}).map(([value, lookups]) => [Number(value), lookups] as const)
  return counts.sort(([a], [b]) => a - b).map(([messages, lookups]) => ({ panel, messages, lookups, status }))
}

function draw(ground: Ground, data: ByClass<Messages>, counts: readonly Count[]): Drawing {
  const labels = panels.map(({ key, label }) => {
    const { mean, interval } = data.all[key]
    const timeouts =
      key === 'received'
        ? `\ntime-outs: mean ${figureOf(data.all.timeouts.mean)} ${between(data.all.timeouts.interval)}`
        : ''
    return { panel: label, text: `${label}: mean ${figureOf(mean)} ${between(interval)}${timeouts}` }
  })
  const bars = stackY({
    x1: (count: Count) => count.messages - 0.42,
    x2: (count: Count) => count.messages + 0.42,
    y: 'lookups',
    fy: 'panel',
    z: 'status',
    fill: (count: Count) => markOf(count.status).colour,
  })
  const shown = counts.filter((count) => panels.some(({ label }) => label === count.panel))
  const most = Math.max(...shown.map((count) => count.messages))
  const drawing = plotted(ground, {
    height: ground.narrow ? 330 : 340,
    marginTop: 26,
    fy: { domain: panels.map(({ label }) => label), axis: null, padding: 0.25 },
    x: {
      label: 'messages per lookup',
      domain: [-0.6, most + 0.6],
      ticks: wholeTicks([0, most], ground),
      tickFormat: 'd',
    },
    y: { label: 'lookups', ticks: 3, domain: [0, highestOf(shown) * 1.4] },
    marks: [
      rectY(shown as Data, bars),
      ruleY([0]),
      text(labels, { fy: 'panel', text: 'text', frameAnchor: 'top-right', dy: -4 }),
    ],
  })
  return withLegend(ground, legendOf(data), drawing)
}

function legendOf(data: ByClass<Messages>) {
  return (['ok', 'failed'] as const).flatMap((status) => {
    const { sign, colour } = markOf(status)
    const { n } = data[status].sent
    return n === 0 ? [] : [{ sign, colour, label: `${status} (${n})` }]
  })
}

/** Height of the tallest stack. */
function highestOf(counts: readonly Count[]): number {
  const stacks = new Map<string, number>()
  for (const { panel, messages, lookups } of counts) {
    const key = `${panel} ${messages}`
    stacks.set(key, (stacks.get(key) ?? 0) + lookups)
  }
  return Math.max(...stacks.values())
}
