import { runLines } from '../summary.ts'
import type { Progress } from './progress.ts'
import { elapsed, headline, plainText, problemLines, tally } from './words.ts'

/** The run card as plain text: the same facts as the HTML one. */
export function cardText(progress: Progress): string {
  const { record, start, stages, notices, expected, lastMessage, folder } = progress
  return [
    headline(progress),
    ...(start === null ? [] : [start]),
    record === null ? `${tally(progress)}   ${elapsed(progress)}` : runLines(record, folder)[0],
    ...(record === null ? notices.map((one) => plainText(one, 1000)) : []),
    ...(record === null ? stages.map(({ name, left }) => `${plainText(name, 40)}  ${left}/${expected}`) : []),
    ...problemLines(progress),
    ...(record === null && lastMessage !== null ? [plainText(lastMessage, 200)] : []),
    ...(record === null ? [] : [`load: ${loadLine(progress)}`, `repeat: ${repeatLine(progress)}`]),
  ].join('\n')
}

/** The line of a cell that loads the run. */
export function loadLine({ folder }: Progress): string {
  return `const data = await load(${JSON.stringify(folder)})`
}

/** The command that runs the same again. */
export function repeatLine({ folder, seed, overrides }: Progress): string {
  return ['hoplab run', `${folder}/composition.toml`, ...overrides, `--seed ${seed}`].join(' ')
}
