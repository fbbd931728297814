import type { PairedComparison, PairedVerdict } from './compare-paired.ts'

/** The mean of one side in its unit: shares in per cent, milliseconds whole, everything else to hundredths. */
export function meanInWords({ unit }: Pick<PairedComparison, 'unit'>, value: number | null): string {
  if (value === null) return 'unknown'
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`
  return unit === 'ms' ? value.toFixed(0) : value.toFixed(2)
}

/** The change relative to the baseline: `−1.2 % (−3.0 to 0.7)`. */
export function changeInWords({ change: { estimate, interval } }: Pick<PairedComparison, 'change'>): string {
  if (estimate === null) return 'unknown'
  const write = (value: number) =>
    (value * 100)
      .toFixed(1)
      .replace(/^-(?!0\.0$)/, '−')
      .replace('-', '')
  return `${write(estimate)} %${interval ? ` (${write(interval.low)} to ${write(interval.high)})` : ''}`
}

/** What a comparison says of its margin: `agrees within ±5 %`. */
export function verdictInWords({ verdict, margin }: Pick<PairedComparison, 'verdict' | 'margin'>): string {
  return words[verdict](`${Number((margin * 100).toPrecision(3))} %`)
}

const words: Readonly<Record<PairedVerdict, (margin: string) => string>> = {
  agrees: (margin) => `within ±${margin}`,
  less: (margin) => `less by over ${margin}`,
  more: (margin) => `more by over ${margin}`,
  unknown: (margin) => `unknown at ±${margin}`,
}
