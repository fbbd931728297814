import type { Sample } from '../sample/sample.ts'

/** Mean hops with their interval, to thousandths, at which models differ: `1.928 (1.925 to 1.931)`; a unit stands behind the mean. */
export function hopsInWords({ mean, interval }: Pick<Sample, 'mean' | 'interval'>, unit = ''): string {
  const write = (value: number) => value.toFixed(3).replace('-', '−')
  if (mean === null || mean === undefined) return `unknown${unit}`
  const percent = unit === '' ? '' : '95 % '
  return `${write(mean)}${unit}${interval ? ` (${percent}${write(interval.low)} to ${write(interval.high)})` : ''}`
}
