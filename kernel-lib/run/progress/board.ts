import type { Observer } from '../observer.ts'
import { trackProgress } from './progress.ts'
import { type Screen, shortLine, terminalLines } from './terminal.ts'
import { plainText } from './words.ts'

/** Where the runs of a sweep are watched: each has a seat, and all share the screen. */
export interface Board {
  /**
   * The observer of one run.
   *
   * @param label Which of them it is, as `3/8`; empty where there is no other.
   */
  seat(label: string): Observer
}

const tickMs = 250
/** Lines of the screen that are left alone. */
const spare = 2

/**
 * Shows runs in place on a terminal, redrawn four times a second: one as a whole, several in a line each. What remains of each at its end are the headline, the stages and the instances that did not succeed.
 *
 * @param options `colour`: default true; false under NO_COLOR.
 */
export function terminalBoard(screen: Screen, { colour = true }: { readonly colour?: boolean } = {}): Board {
  const live = new Map<ReturnType<typeof trackProgress>, string>()
  let drawn = 0
  let tick: NodeJS.Timeout | undefined

  /** Writes lines that stay, and the live ones below them. */
  function draw(staying: readonly string[]): void {
    const lines = [...staying, ...liveLines()]
    const up = drawn === 0 ? '' : `\x1b[${drawn}A`
    screen.write(`${up}\x1b[J${lines.map((line) => `${line}\n`).join('')}`)
    drawn = lines.length - staying.length
  }

  function liveLines(): readonly string[] {
    const width = screen.columns ?? 80
    const views = [...live].flatMap(([tracker, label]) => {
      const view = tracker.view(Date.now())
      return view === null ? [] : [{ view, label }]
    })
    const [only, ...others] = views
    if (only !== undefined && others.length === 0) return terminalLines(only.view, { width, colour })
    const room = Math.max(1, (screen.rows ?? 24) - spare)
    const lines = views.map(({ view, label }) => shortLine(view, { width, label }))
    return lines.length <= room ? lines : [...lines.slice(0, room - 1), `and ${lines.length - room + 1} more that run`]
  }

  return {
    seat(label) {
      const tracker = trackProgress()
      return (event) => {
        tracker.take(event)
        if (event.kind === 'notice' && !live.has(tracker)) draw([plainText(event.text, 1000)])
        if (event.kind === 'run-started') {
          live.set(tracker, label)
          tick ??= setInterval(draw, tickMs, []).unref()
          draw([])
        }
        if (event.kind !== 'run-ended') return
        live.delete(tracker)
        if (live.size === 0) {
          clearInterval(tick)
          tick = undefined
        }
        const view = tracker.view(Date.now())
        draw(view === null ? [] : terminalLines(view, { width: screen.columns ?? 80, colour }))
      }
    },
  }
}
