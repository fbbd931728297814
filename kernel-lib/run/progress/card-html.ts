import { type Outcome, outcomes } from '../record.ts'
import { loadLine, repeatLine } from './card-text.ts'
import { marks } from './marks.ts'
import type { Progress } from './progress.ts'
import { elapsed, headline, plainText, problemLines, tally } from './words.ts'

const hatched = 'repeating-linear-gradient(45deg,#8A8A8A 0 3px,transparent 3px 6px)'
const quiet = 'opacity:.75;font-size:.9em'
const mono = 'font-family:ui-monospace,monospace;font-size:.9em;overflow-x:auto;white-space:pre'

/** The run card: a bar by outcome, stages, the last message; at the end outcome, folder and the lines that load and repeat the run. */
export function cardHtml(progress: Progress): string {
  const { record, start, notices, stages, expected, lastMessage, folder } = progress
  const state = record === null ? 'running' : `${marks[record.outcome].symbol} ${record.outcome}`
  const live = record === null
  return [
    `<div class="hoplab-run" role="group" aria-label="run ${escapeHtml(progress.title)}" style="font-family:system-ui,sans-serif;border:1px solid rgba(128,128,128,.5);border-radius:6px;padding:.6em .9em;max-width:60em;white-space:pre-wrap;line-height:1.45">`,
    `<div style="display:flex;justify-content:space-between;gap:1em"><strong>${escapeHtml(headline(progress))}</strong><span><b>${state}</b>&ensp;${elapsed(progress)}</span></div>`,
    ...(start === null ? [] : [line(start)]),
    bar(progress),
    `<div>${escapeHtml(tally(progress))}</div>`,
    ...(live ? notices.map((one) => line(plainText(one, 1000))) : []),
    ...(live ? stages.map(({ name, left }) => line(`${plainText(name, 40)}  ${left}/${expected}`)) : []),
    ...problemLines(progress).map((one) => `<div>${escapeHtml(one)}</div>`),
    ...(live && lastMessage !== null ? [`<div style="${quiet}">${escapeHtml(plainText(lastMessage, 200))}</div>`] : []),
    ...(live
      ? []
      : [`<div style="${quiet}">${escapeHtml(folder)}</div>`, code(loadLine(progress)), code(repeatLine(progress))]),
    '</div>',
  ].join('')
}

function bar({ byOutcome, expected, running }: Progress): string {
  const share = (count: number): string => `${expected === 0 ? 0 : (100 * count) / expected}%`
  const part = (outcome: Outcome): string => {
    const paint = outcome === 'unknown' ? hatched : marks[outcome].colour
    return `<span title="${byOutcome[outcome]} ${outcome}" style="width:${share(byOutcome[outcome])};background:${paint}"></span>`
  }
  const parts = outcomes.filter((outcome) => byOutcome[outcome] > 0).map(part)
  const busy = `<span title="${running} running" style="width:${share(running)};background:currentColor;opacity:.25"></span>`
  return `<div aria-hidden="true" style="display:flex;height:8px;margin:.4em 0;background:rgba(128,128,128,.2);border-radius:4px;overflow:hidden">${parts.join('')}${busy}</div>`
}

function line(text: string): string {
  return `<div style="${quiet}">${escapeHtml(text)}</div>`
}

function code(text: string): string {
  return `<div style="${mono}">${escapeHtml(text)}</div>`
}

/** Text as HTML shows it. What programs and peers say is never markup. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
