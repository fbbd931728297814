import type { AttemptOptions, Attempts } from '../stats/lookups/attempts.ts'
import { type Dials, dials } from '../stats/lookups/dials.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { barsAcross } from './draw/bars-across.ts'
import { colours, markOf } from './draw/colours.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { basisOf, between, captionOf, figureOf, methodOf, percent } from './words/words.ts'

interface Line {
  readonly label: string
  readonly dials: number
  readonly colour: string
}

/** Figure of D8: dials per lookup, opened and failed by cause; those that the asking node cancelled are named as its own. */
export function dialsPerLookup(data: Observed, options: AttemptOptions = {}): Figure {
  const taken = trace(data, options)
  return drawDials({ dials: dials(taken), total: totalOf(taken), runs: drawnRuns(data) })
}

/** What the figure of dials is drawn from. */
export interface DialData {
  readonly dials: Dials
  /** Dials of all lookups together. */
  readonly total: { readonly begun: number; readonly opened: number }
  readonly runs: readonly DrawnRun[]
}

/** The same from the statistic. */
export function drawDials(data: DialData): Figure {
  const { runs } = data
  const begun = data.dials.begun.all
  const common = {
    name: 'dials',
    subtitle:
      'Dials per lookup (D8): connections that the lookup began to open, and why those failed that did. A dial that the asking node cancelled is no fault of the peer.',
    caption: captionOf(basisOf(begun, 'lookup'), methodOf(begun.interval)),
    runs,
  }
  if (begun.n === 0) return noData({ ...common, what: 'Dials per lookup', why: 'no lookup ended' })
  const lines = linesOf(data)
  const title = titleOf(data)
  return makeFigure({
    ...common,
    title,
    description: `${title}. A lookup begins ${figureOf(begun.mean)} dials on average ${between(begun.interval)}: ${lines.map((line) => `${line.label} ${line.dials}`).join(', ')}.`,
    columns: ['end', 'dials', 'dials_per_lookup'],
    rows: lines.map((line) => [line.label, line.dials, line.dials / begun.n]),
    draw: (ground) =>
      barsAcross(
        ground,
        lines.map((line, index) => ({
          label: line.label,
          value: line.dials / begun.n,
          low: index === 0 ? begun.interval?.low : undefined,
          high: index === 0 ? begun.interval?.high : undefined,
          note: `${figureOf(line.dials / begun.n)} · ${line.dials.toLocaleString('en-US')}`,
          colour: line.colour,
        })),
        { label: 'dials per lookup · dials in all' },
      ),
  })
}

function linesOf({ dials: { failed }, total }: DialData): Line[] {
  const causes = Object.entries(failed).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const open = total.begun - total.opened - causes.reduce((sum, [, count]) => sum + count, 0)
  return [
    { label: 'all begun', dials: total.begun, colour: colours.grey },
    { label: '● opened', dials: total.opened, colour: colours.blue },
    ...causes.map(([cause, count]) => ({ label: wordsOf(cause), dials: count, colour: markOf(cause).colour })),
    ...(open > 0 ? [{ label: '? neither', dials: open, colour: colours.grey }] : []),
  ]
}

function titleOf({ dials: { failed, faults, begun }, total }: DialData): string {
  if (total.begun === 0) return 'Lookups dial nobody: every peer asked was already connected'
  const [worst] = Object.entries(failed)
    .filter(([cause]) => cause !== 'cancelled')
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const failing = worst
    ? `${percent(faults / total.begun)} fail, most often ${worst[0].replaceAll('-', ' ')}`
    : 'none fails'
  return `A lookup begins ${figureOf(begun.all.mean)} dials on average; ${failing}`
}

function wordsOf(cause: string): string {
  return cause === 'cancelled' ? '○ cancelled by us' : `${markOf(cause).sign} ${cause.replaceAll('-', ' ')}`
}

function totalOf({ ended }: Pick<Attempts, 'ended'>): DialData['total'] {
  const count = (name: string) =>
    ended.reduce((sum, each) => sum + each.events.filter(({ event }) => event === name).length, 0)
  return { begun: count('dial'), opened: count('dialed') }
}
