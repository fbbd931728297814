import type { Observer } from '../observer.ts'
import { type Progress, type Stage, trackProgress } from './progress.ts'
import { between, elapsed, headline, plainText, problemLines, tally } from './words.ts'

/** A terminal, as `process.stderr` is one. */
export interface Screen {
  readonly columns?: number
  write(text: string): unknown
}

const tickMs = 250
const barWidth = 20
const stagesShown = 8
const failureCode = 31

/**
 * Shows a run in place on a terminal, redrawn four times a second; what remains at the end are the headline, the stages and the instances that did not succeed.
 *
 * @param options `colour`: default true; false under NO_COLOR.
 */
export function terminalProgress(screen: Screen, { colour = true }: { readonly colour?: boolean } = {}): Observer {
  const tracker = trackProgress()
  let drawn = 0
  let tick: NodeJS.Timeout | undefined

  function draw(): void {
    const view = tracker.view(Date.now())
    if (view === null) return
    const width = screen.columns ?? 80
    const lines = terminalLines(view, { width, colour })
    const up = drawn === 0 ? '' : `\x1b[${drawn}A`
    screen.write(`${up}\x1b[J${lines.join('\n')}\n`)
    drawn = lines.length
  }

  return (event) => {
    tracker.take(event)
    if (event.kind === 'notice' && tick === undefined) screen.write(`${plainText(event.text, 1000)}\n`)
    if (event.kind === 'run-started') tick = setInterval(draw, tickMs).unref()
    if (event.kind === 'run-ended') clearInterval(tick)
    if (event.kind === 'run-started' || event.kind === 'run-ended') draw()
  }
}

/** What the terminal shows of a run at one moment, one string a line, none wider than the terminal while it runs. */
export function terminalLines(
  progress: Progress,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): readonly string[] {
  const { stages, notices, record, lastMessage } = progress
  const paint = (text: string, code: number): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  const fit = (text: string): string => plainText(text, Math.max(20, width - 1))
  const nameWidth = Math.max(9, ...stages.map(({ name }) => Math.min(24, name.length)))
  const stageLine = (stage: Stage): string => fit(stageText(stage, { progress, nameWidth }))
  const state = fit(`${tally(progress)}   ${elapsed(progress)}`)
  return [
    paint(fit(headline(progress)), 1),
    ...notices.map((line) => (record === null ? fit(line) : plainText(line, 1000))),
    ...stages.slice(-stagesShown).map(stageLine),
    ...(record === null ? [state] : []),
    ...(record === null && lastMessage !== null ? [paint(fit(lastMessage), 90)] : []),
    // What stays on the screen is whole, so that the path in it can be copied.
    ...problemLines(progress).map((line) => paint(record === null ? fit(line) : line, failureCode)),
  ]
}

function stageText(
  { name, left, started, ended }: Stage,
  { progress, nameWidth }: { progress: Progress; nameWidth: number },
): string {
  const { expected, startedMs, elapsedMs, virtualMs } = progress
  const full = Math.min(barWidth, Math.round((barWidth * left) / Math.max(1, expected)))
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  const count = `${left}/${expected}`.padStart(9)
  const time = between(started, ended ?? { realMs: startedMs + elapsedMs, virtualMs })
  return `${plainText(name, 24).padEnd(nameWidth)}  ${bar} ${count}   ${time}`
}
