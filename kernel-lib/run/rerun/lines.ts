import type { EventDifference } from './compare-traces.ts'
import type { Rerun } from './result.ts'

const pathsShown = 3

/** How a repetition compares, in lines for people. */
export function rerunLines(rerun: Rerun): readonly string[] {
  const { identical, why, firstDifference, events, trace, files } = rerun
  const wrote = files === null ? [] : [filesLine(files)]
  if (identical === null) return [`not compared with ${rerun.of}: ${why}`]
  if (identical) return [`identical  ${events} events  sha256 ${trace}`, ...wrote]
  if (firstDifference?.kind === 'event')
    return [...differenceLines(firstDifference, rerun), ...(why === undefined ? [] : [why]), ...wrote]
  return [`differs  in what instances wrote; all ${events} events are the same`, ...wrote]
}

function filesLine({ compared, differing, first }: NonNullable<Rerun['files']>): string {
  if (differing === 0) return `files  ${compared} of ${compared} the same but for the run's id`
  const more = differing - pathsShown
  const named = `${first.slice(0, pathsShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return `files  ${differing} of ${compared} differ: ${named}`
}

function differenceLines({ event, of: before, rerun: after }: EventDifference, rerun: Rerun): readonly string[] {
  const time = timeOf(before ?? after)
  return [
    `differs  at event ${event}${time === null ? '' : `, ${seconds(time)} in`}`,
    `  ${rerun.of}  ${readable(before, event)}`,
    `  ${rerun.run}  ${readable(after, event)}`,
  ]
}

/** An event as a line for people: `1.204 s  data  connection 4, from nodes/3, to nodes/1`. */
function readable(line: string | null, number: number): string {
  if (line === null) return `ends after ${number - 1} events`
  const event = parsed(line)
  if (event === null) return line
  const { t, event: what, ...rest } = event
  const told = Object.entries(rest).map(([name, value]) => `${name} ${value}`)
  return `${seconds(Number(t))}  ${what}  ${told.join(', ')}`.trimEnd()
}

function timeOf(line: string | null): number | null {
  const time = line === null ? undefined : parsed(line)?.t
  return typeof time === 'number' ? time : null
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

const seconds = (ms: number): string => `${ms / 1000} s`
