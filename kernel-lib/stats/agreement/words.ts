import type { Difference } from './agreement.ts'

/** A value of a difference in its unit: shares in per cent, everything else to hundredths. */
export function sideInWords({ unit }: Pick<Difference, 'unit'>, value: number | null): string {
  if (value === null) return 'unknown'
  return unit === 'share' ? `${(value * 100).toFixed(1)} %` : value.toFixed(2)
}

/** Real − simulated with its interval: `−0.01 (−0.04 to 0.02)`; shares in points of a hundred. */
export function differenceInWords({ unit, difference: { estimate, interval } }: Difference): string {
  if (estimate === null) return 'unknown'
  const write = (value: number) =>
    (unit === 'share' ? value * 100 : value)
      .toFixed(2)
      .replace(/^-(?!0\.00$)/, '−')
      .replace('-', '')
  const points = unit === 'share' ? ' points' : ''
  return `${write(estimate)}${points} ${interval ? `(${write(interval.low)} to ${write(interval.high)})` : '(no interval)'}`
}

/** How large a difference the interval leaves room for: `±1.3 %` of the simulated value, of shares `±0.4 points`. */
export function hiddenInWords({ unit, hidden }: Difference): string {
  return hidden === null ? 'unknown' : `±${(hidden * 100).toFixed(1)} ${unit === 'share' ? 'points' : '%'}`
}
