import { type PrintColumn, printed } from '../print.ts'
import type { Load } from './loads.ts'

/** What one load took on one service, round by round. */
export interface Times {
  readonly name: string
  readonly ms: readonly number[]
  /** Of the service's processes, all cores together. */
  readonly cpuMs: readonly number[]
  /** Until all clients were connected, which is no part of `ms`. */
  readonly connectMs: readonly number[]
  /** Why the service failed at it, or null. */
  readonly why: string | null
}

/** A load and what it took on each service. */
export interface Row {
  readonly load: Load
  readonly times: readonly Times[]
}

const pairs: readonly (readonly [string, string])[] = [
  ['memory', 'go'],
  ['redis', 'go'],
  ['redis', 'memory'],
]

/** A table of medians, their ratios and the spread, and one of processor time, which others on the machine change less, and of connecting. */
export function rowLines(rows: readonly Row[]): string[] {
  const names = rows[0]?.times.map(({ name }) => name) ?? []
  const has = (name: string): boolean => names.includes(name)
  const loads: readonly PrintColumn<Row>[] = [
    { head: 'load', cell: ({ load }) => load.text },
    { head: 'clients', cell: ({ load }) => String(load.clients) },
    { head: 'n', cell: ({ load }) => String(load.rounds) },
  ]
  const cells = (head: string, cell: (times: Times) => string): PrintColumn<Row>[] =>
    names.map((name) => ({
      head: `${name}${head}`,
      cell: ({ times }) => {
        const one = times.find((each) => each.name === name)
        return one === undefined || one.why !== null ? 'failed' : cell(one)
      },
    }))
  const ratios = (of: (times: Times) => readonly number[]): PrintColumn<Row>[] =>
    pairs
      .filter((pair) => pair.every(has))
      .map((pair) => ({ head: pair.join('/'), cell: ({ times }) => ratio(times, pair, of) }))
  return [
    ...printed(rows, [...loads, ...ratios(({ ms }) => ms), ...cells(' ms (min–max)', ({ ms }) => spreadText(ms))]),
    '',
    ...printed(rows, [
      ...loads.slice(0, 2),
      ...ratios(({ cpuMs }) => cpuMs),
      ...cells(' cpu ms', ({ cpuMs }) => median(cpuMs).toFixed(1)),
      ...cells(' connect ms', ({ connectMs }) => median(connectMs).toFixed(1)),
    ]),
  ]
}

function spreadText(ms: readonly number[]): string {
  return `${median(ms).toFixed(1)} (${Math.min(...ms).toFixed(1)}–${Math.max(...ms).toFixed(1)})`
}

function ratio(times: readonly Times[], pair: readonly string[], of: (times: Times) => readonly number[]): string {
  const [above, below] = pair.map((name) => times.find((one) => one.name === name && one.why === null))
  return above && below ? `${(median(of(above)) / median(of(below))).toFixed(2)}×` : '–'
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
