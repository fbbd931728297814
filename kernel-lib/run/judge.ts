import type { Ending, PlanEvent } from '../harness/harness.ts'
import { errorOf, outcomeOf } from '../harness/output/events.ts'
import { isHeadline } from '../harness/output/words.ts'
import { type Outcome, outcomes } from './record.ts'

/** What an instance's evidence amounts to. */
export interface Verdict {
  readonly outcome: Outcome
  readonly reason: string
  readonly spoke: readonly string[]
}

interface Testimony {
  readonly source: 'sync' | 'stdout' | 'exit' | 'killed' | 'harness'
  readonly outcome: Outcome
  readonly text: string
}

/**
 * Judges one instance. Every source that spoke is heard, and where they contradict each other the worst is believed;
 * success needs somebody who said so, and an exit with code 0 says nothing.
 *
 * @param options `strict`: of events only those on the sync service count, and an exit counts only where they are silent.
 */
export function judge(ending: Ending, { strict }: { readonly strict: boolean }): Verdict {
  const heard = testimonies(ending, strict)
  const [first, ...rest] = heard
  if (first === undefined) return { outcome: 'unknown', reason: silence(ending), spoke: [] }
  const worst = rest.reduce((bad, next) => (isWorse(next, bad) ? next : bad), first)
  const spoke = [...new Set(heard.map(({ source }) => source))]
  return { outcome: worst.outcome, reason: reasonOf(worst, heard), spoke }
}

/** Of two that say the same, one that says why is taken: SDKs tell a crash twice, with and without. */
function isWorse(next: Testimony, bad: Testimony): boolean {
  const said = badness(next.outcome) - badness(bad.outcome)
  return said > 0 || (said === 0 && bad.text === bad.outcome && next.text !== next.outcome)
}

/** The worst of some outcomes; unknown where there is none. */
export function worstOf(all: readonly Outcome[]): Outcome {
  const [first, ...rest] = all
  return first === undefined
    ? 'unknown'
    : rest.reduce((bad, next) => (badness(next) > badness(bad) ? next : bad), first)
}

function badness(outcome: Outcome): number {
  return outcomes.indexOf(outcome)
}

function testimonies(ending: Ending, strict: boolean): readonly Testimony[] {
  const sync = ending.syncEvents.flatMap((event) => told('sync', event))
  const stdout = ending.stdoutEvents.flatMap((event) => told('stdout', event))
  if (!strict)
    return [
      ...killed(ending),
      ...lacked(ending),
      ...sync,
      ...stdout,
      ...gaveUp(ending),
      ...exited(ending, [...sync, ...stdout]),
    ]
  const ends = sync.length > 0 ? [] : [...unsaid(stdout), ...exited(ending, sync)]
  return [...killed(ending), ...lacked(ending), ...sync, ...gaveUp(ending), ...ends]
}

function told(source: 'sync' | 'stdout', event: PlanEvent): readonly Testimony[] {
  const outcome = outcomeOf(event)
  if (outcome === null) return []
  const error = oneLine(errorOf(event))
  return [{ source, outcome, text: error === '' ? outcome : `${outcome}: ${error}` }]
}

/** Testground's own rule, which `strict` keeps: success on standard output alone is a failure. */
function unsaid(stdout: readonly Testimony[]): readonly Testimony[] {
  if (stdout.length === 0) return []
  const text = 'failure: told its outcome on standard output alone, and strict counts the sync service'
  return [{ source: 'stdout', outcome: 'failure', text }]
}

/** What the harness could not give, the program may never have been told of. */
function lacked({ fault, killed }: Ending): readonly Testimony[] {
  return fault === null || killed === 'fault'
    ? []
    : [{ source: 'harness', outcome: 'failure', text: `failure: ${fault}` }]
}

/** An SDK that passes over the error of a barrier goes on as if it had been met. */
function gaveUp({ killed, waitingFor }: Ending): readonly Testimony[] {
  if (killed !== null || waitingFor === null) return []
  return [{ source: 'sync', outcome: 'failure', text: `failure: gave up waiting for ${waitingFor}` }]
}

const killedOutcomes: Readonly<Record<NonNullable<Ending['killed']>, Outcome>> = {
  timeout: 'timeout',
  canceled: 'canceled',
  memory: 'crash',
  fault: 'failure',
}

function killed(ending: Ending): readonly Testimony[] {
  const { killed, fault, waitingFor, exit, startedMs, endedMs } = ending
  if (killed === null) return []
  const outcome = killedOutcomes[killed]
  const why = { memory: ': took more memory than there is', fault: `: ${fault}`, timeout: '', canceled: '' }[killed]
  if (exit === null) return [{ source: 'killed', outcome, text: `${outcome} before it was started${why}` }]
  const wait = waitingFor === null ? '' : `: waiting for ${waitingFor}`
  const text = `${outcome} after ${seconds(endedMs - startedMs)}${why}${wait}`
  const told = killed === 'timeout' && waitingFor === null ? withLastWords(text, ending) : text
  return [{ source: 'killed', outcome, text: told }]
}

function exited(ending: Ending, said: readonly Testimony[]): readonly Testimony[] {
  const { exit, killed } = ending
  if (killed !== null) return []
  if (exit === null) {
    if (said.length > 0) return []
    return [{ source: 'exit', outcome: 'crash', text: withLastWords('crash: could not be started', ending) }]
  }
  const after = seconds(ending.endedMs - ending.startedMs)
  if (exit.signal !== null)
    return [{ source: 'exit', outcome: 'crash', text: withLastWords(`crash after ${after}: ${exit.signal}`, ending) }]
  if (exit.code === 0) return []
  // Programs that say why they failed leave with a code too: that is one fact told twice.
  const known = said.some(({ outcome }) => outcome === 'failure' || outcome === 'crash')
  const outcome = known ? 'failure' : 'crash'
  return [{ source: 'exit', outcome, text: withLastWords(`${outcome} after ${after}: exit code ${exit.code}`, ending) }]
}

function silence({ exit }: Ending): string {
  return exit === null
    ? 'unknown: told no outcome'
    : `unknown: told no outcome, exit code ${exit.code ?? 'unknown'}; print or publish success_event to be counted`
}

function reasonOf(worst: Testimony, heard: readonly Testimony[]): string {
  const others = heard.filter(
    ({ outcome, source }) => outcome !== worst.outcome && source !== worst.source && source !== 'exit',
  )
  const against = others.map(({ source, outcome }) => `${source} says ${outcome}`)
  return against.length === 0 ? worst.text : `${worst.text} (${[...new Set(against)].join(', ')})`
}

function withLastWords(text: string, { lastWords }: Ending): string {
  const lines = lastWords.trimEnd().split('\n')
  const last = oneLine(lines.find(isHeadline) ?? lines.at(-1) ?? '')
  return last === '' ? text : `${text}; last words: ${last}`
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

function seconds(ms: number): string {
  return ms >= 10_000 ? `${Math.round(ms / 1000)} s` : `${Number((ms / 1000).toFixed(1))} s`
}
