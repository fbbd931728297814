import type { Sample } from '../../stats/sample/sample.ts'

/** The number that a sample comes to: its estimate where it has one, else its mean; null where failures hide it or nothing was seen. */
export function estimateOf({ estimate, mean }: Pick<Sample, 'estimate' | 'mean'>): number | null {
  return (estimate === undefined ? mean : estimate) ?? null
}

/** By what axes and sentences multiply a value in a unit: milliseconds stand as seconds, shares in per cent. */
export function shownScale(unit: string): number {
  if (unit === 'ms') return 1 / 1000
  return unit === 'share' ? 100 : 1
}

/** The unit that a value has then: s for ms, % for shares. */
export function shownUnit(unit: string): string {
  if (unit === 'ms') return 's'
  return unit === 'share' ? '%' : unit
}

/** `n 3 / 2 of 3 / 4, failed 0, missing 0 / 1, censored 0`: what points rest on, one after the other; a number alone holds at every point. */
export function countsOf(samples: readonly Sample[]): string {
  const each = (of: (sample: Sample) => number): string =>
    listed(samples.map((sample) => of(sample).toLocaleString('en-US')))
  const lost = (['failed', 'missing', 'censored'] as const).map((word) => `${word} ${each((sample) => sample[word])}`)
  return `n ${each(({ n }) => n)} of ${each(({ expected }) => expected)}, ${lost.join(', ')}`
}

/** Values with slashes between them, or the one that all are. */
export function listed(values: readonly string[]): string {
  return new Set(values).size === 1 ? (values[0] as string) : values.join(' / ')
}
