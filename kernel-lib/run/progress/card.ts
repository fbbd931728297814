import type { Observer } from '../observer.ts'
import { runSummary } from '../summary.ts'
import { cardHtml } from './card-html.ts'
import { cardText } from './card-text.ts'
import { type Progress, trackProgress } from './progress.ts'

/** How a cell shows something, where there is a cell. */
export type Display = (
  bundle: Record<string, unknown>,
  options: { readonly id: string; readonly update: boolean },
) => void

const betweenMs = 250
const tickMs = 1000

/** The observers that a notebook cell adds to a run: the run card; none outside a notebook. */
export function cellCard(): readonly Observer[] {
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for('hoplab.display')]
  return typeof display === 'function' ? [runCard(display as Display)] : []
}

/** Shows a run as one card that changes in place, four times a second at most. */
export function runCard(display: Display): Observer {
  const tracker = trackProgress()
  let shown = false
  let shownMs = Number.NEGATIVE_INFINITY
  let later: NodeJS.Timeout | undefined
  let tick: NodeJS.Timeout | undefined

  function show(): void {
    clearTimeout(later)
    later = undefined
    const view = tracker.view(Date.now())
    if (view === null) return
    display(runBundle(view), { id: `run-${view.run}`, update: shown })
    shown = true
    shownMs = Date.now()
  }

  return (event) => {
    tracker.take(event)
    if (event.kind === 'run-started') tick = setInterval(show, tickMs).unref()
    if (event.kind === 'run-ended') clearInterval(tick)
    const wait = shownMs + betweenMs - Date.now()
    if (event.kind === 'run-ended' || wait <= 0) show()
    else later ??= setTimeout(show, wait).unref()
  }
}

/** A run's card in every form that a notebook may ask for. */
export function runBundle(progress: Progress): Record<string, unknown> {
  const { record, folder } = progress
  const { record: _, problems: __, ...rest } = progress
  return {
    'application/vnd.hoplab.run+json': {
      schema: 'hoplab/run-card/1',
      summary: record === null ? null : runSummary(record, folder),
      record,
      progress: rest,
    },
    'text/html': cardHtml(progress),
    'text/plain': cardText(progress),
  }
}
