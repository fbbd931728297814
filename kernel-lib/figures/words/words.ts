import type { Interval, Sample } from '../../stats/sample/sample.ts'

const small = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const

/** A count in words up to twelve, in digits above: `no`, `one`, …, `13`. */
export function inWords(count: number): string {
  return small[count] ?? String(count)
}

/** A noun with its number: `1 lookup`, `3 lookups`, `2 queries`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${plural(count, noun)}`
}

/** The noun alone, agreeing with the count. */
export function plural(count: number, noun: string): string {
  if (count === 1) return noun
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`
}

/** A number to at most three digits: `2.1`, `0.32`, `84`, `1,280`, `0.042`; `unknown` for null and NaN. */
export function figureOf(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'unknown'
  if (!Number.isFinite(value)) return value > 0 ? 'unbounded' : '−unbounded'
  const size = Math.abs(value)
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 1 - Math.floor(Math.log10(size))
  const rounded = size >= 1000 ? Number(value.toPrecision(3)) : value
  return rounded.toLocaleString('en-US', { maximumFractionDigits: Math.min(digits, 9) }).replace('-', '−')
}

/** A share of one as a percentage: `53 %`, `0.4 %`, `under 0.1 %`, `unknown`. Never rounds a part to all or nothing. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return 'unknown'
  const value = share * 100
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  if (value < 100 && value > 99.9) return 'over 99.9 %'
  return `${value.toLocaleString('en-US', { maximumFractionDigits: value > 0 && (value < 10 || value > 90) ? 1 : 0 })} %`
}

/** `(2.01–2.19)`, or an empty string where there is no interval. */
export function between(interval: Interval | null | undefined, format: (value: number) => string = figureOf): string {
  return interval ? `(${format(interval.low).replace(/ %$/, '')}–${format(interval.high)})` : ''
}

/** The sentence under a title: statistic, entry, definition: `Hops to the closest successful query (D4). The length of …`. */
export function subtitleOf(sample: Pick<Sample, 'name' | 'entry' | 'definition'>): string {
  const definition = sample.definition.replace(/\.?$/, '.')
  return `${capital(sample.name)} (${sample.entry}). ${capital(definition)}`
}

/** What an estimate rests on: `n 397 of 400 lookups; failed 3, missing 0, censored 3`. */
export function basisOf(sample: Sample, noun = ''): string {
  const unit = noun ? ` ${plural(sample.expected, noun)}` : ''
  const whole = (value: number) => value.toLocaleString('en-US')
  return `n ${whole(sample.n)} of ${whole(sample.expected)}${unit}; failed ${whole(sample.failed)}, missing ${whole(sample.missing)}, censored ${whole(sample.censored)}`
}

/** How the interval was made: `95 % interval: wilson`; says so where there is none. */
export function methodOf(interval: Interval | null | undefined): string {
  return interval ? `${percent(interval.level)} interval: ${interval.method}` : 'no interval'
}

/** `run 01K…`, `runs 01K…, 01K…`, `4 runs` past three, or `no run` where there is none, as for a model. */
export function runsOf(runs: readonly string[]): string {
  if (runs.length === 0) return 'no run'
  return runs.length > 3 ? `${runs.length} runs` : `${plural(runs.length, 'run')} ${runs.join(', ')}`
}

/** Parts of a caption, empty ones left out: `a; b; c.` */
export function captionOf(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('; ')}.`
}

/** With a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The first characters of a long name, for a label: `12D3KooWAb…x9Qz`. */
export function shortName(name: string): string {
  return name.length <= 16 ? name : `${name.slice(0, 8)}…${name.slice(-5)}`
}
