import type { Interval, Sample } from './sample.ts'

/** A number as people read it: three significant digits, whole from 1000 on. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value)
  if (Math.abs(value) >= 1000) return String(Math.round(value))
  return value.toPrecision(3)
}

/**
 * A sample in one line, never without what it rests on: `2.10 hops (95 % 2.01–2.19), n 397 of 400, 3 failed`.
 * Shares stand in per cent; a value that the data cannot tell is `unknown`.
 */
export function formatSample(sample: Sample): string {
  const { n, expected, failed, missing, censored, interval, unit } = sample
  const value = sample.estimate ?? sample.mean ?? null
  const share = unit === 'share'
  const number = (x: number) => (share ? (x * 100).toFixed(1) : formatEstimate(x, interval))
  const head = value === null ? 'unknown' : `${number(value)} ${share ? '%' : unit}`.trim()
  const percent = interval ? `${Number((interval.level * 100).toFixed(1))} %` : ''
  const range = interval && value !== null ? ` (${percent} ${number(interval.low)}–${number(interval.high)})` : ''
  const notes = [
    [failed, 'failed'],
    [missing, 'missing'],
    [censored === failed ? 0 : censored, 'censored'],
  ] as const
  const rest = notes.flatMap(([count, word]) => (count > 0 ? [`, ${count} ${word}`] : [])).join('')
  return `${head}${range}, n ${n}${n === expected ? '' : ` of ${expected}`}${rest}`
}

/** Two decimals below ten, so that an estimate and its interval show the same digits; three where the interval is narrower than 0.05. */
export function formatEstimate(value: number, interval: Interval | null = null): string {
  const size = Math.abs(value)
  if (size < 10) return value.toFixed(interval !== null && interval.high - interval.low < 0.05 ? 3 : 2)
  return value.toFixed(size >= 100 ? 0 : 1)
}
