import type { Progress, Stage } from './progress.ts'
import { between, elapsed, headline, plainText, problemLines, tally } from './words.ts'

/** A terminal, as `process.stderr` is one. */
export interface Screen {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

const barWidth = 20
const stagesShown = 8
const failureCode = 31

/** What the terminal shows of a run at one moment, one string a line, none wider than the terminal while it runs. */
export function terminalLines(
  progress: Progress,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): readonly string[] {
  const { stages, start, notices, record, lastMessage } = progress
  const paint = (text: string, code: number): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  const fit = (text: string): string => plainText(text, Math.max(20, width - 1))
  const nameWidth = Math.max(9, ...stages.map(({ name }) => Math.min(24, name.length)))
  const stageLine = (stage: Stage): string => fit(stageText(stage, { progress, nameWidth }))
  const state = fit(`${tally(progress)}   ${elapsed(progress)}`)
  return [
    paint(fit(headline(progress)), 1),
    ...(start === null ? [] : [fit(start)]),
    ...notices.map((line) => (record === null ? fit(line) : plainText(line, 1000))),
    ...stages.slice(-stagesShown).map(stageLine),
    ...(record === null ? [state] : []),
    ...(record === null && lastMessage !== null ? [paint(fit(lastMessage), 90)] : []),
    // What stays on the screen is whole, so that the path in it can be copied.
    ...problemLines(progress).map((line) => paint(record === null ? fit(line) : line, failureCode)),
  ]
}

/** What the terminal shows of a run among others that go on: `3/8  seed 7   measure 12/40   40 running   5.1 s`, never wider than the terminal. */
export function shortLine(
  progress: Progress,
  { width, label }: { readonly width: number; readonly label: string },
): string {
  const { stages, seed, expected } = progress
  const stage = stages.at(-1)
  const at = stage === undefined ? [] : [`${plainText(stage.name, 24)} ${stage.left}/${expected}`]
  const parts = [`${label}  seed ${seed}`, ...at, tally(progress), elapsed(progress)]
  return plainText(parts.join('   '), Math.max(20, width - 1))
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
