import type { Observer } from '../observer.ts'
import { type Progress, type Stage, trackProgress } from './progress.ts'
import { between, elapsed, headline, plainText, problemLines, tally } from './words.ts'

const everyMs = 10_000

/**
 * Tells a run in plain lines, for logs and for where there is no terminal: what runs, each stage when it begins and when all are through it,
 * each instance that did not succeed, and how it stands every ten seconds.
 */
export function lineProgress(write: (line: string) => void): Observer {
  const tracker = trackProgress()
  const told = new Set<string>()
  let tick: NodeJS.Timeout | undefined

  function once(line: string | null): void {
    if (line === null || told.has(line)) return
    told.add(line)
    write(line)
  }

  return (event) => {
    tracker.take(event)
    if (event.kind === 'notice') write(plainText(event.text, 1000))
    const view = tracker.view(event.atMs)
    if (view === null) return
    if (event.kind === 'run-started') {
      write(headline(view))
      if (view.start !== null) write(view.start)
      tick = setInterval(() => write(standing(tracker.view(Date.now()))), everyMs).unref()
    }
    if (event.kind === 'plan') for (const stage of view.stages) for (const line of stageLines(stage, view)) once(line)
    if (event.kind === 'ended') for (const line of view.problems) once(plainText(line, 1000))
    if (event.kind !== 'run-ended') return
    clearInterval(tick)
    for (const { name, left, entered } of view.stages)
      if (left < view.expected) write(`${plainText(name, 60)}  ${left}/${entered} that entered`)
    for (const line of problemLines(view)) once(line)
  }
}

function standing(view: Progress | null): string {
  return view === null ? '' : `${tally(view)}   ${elapsed(view)}`
}

function stageLines({ name, left, started, ended }: Stage, { expected }: Progress): readonly string[] {
  const text = plainText(name, 60)
  const through = `${text}  ${left}/${expected}`
  return left === expected && ended !== null
    ? [`${text}  begun`, `${through}   ${between(started, ended)}`]
    : [`${text}  begun`]
}
