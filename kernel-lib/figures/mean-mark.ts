import { dot, link, type Markish, text } from '@observablehq/plot'
import type { Sample } from '../stats/sample.ts'
import { between, figureOf } from './words.ts'

export interface MeanMarkOptions {
  /** Height at which it stands, on the y scale. */
  readonly y: number
  /** Ends of the x scale: the label is put on the side that has room. */
  readonly domain: readonly [number, number]
}

/** The mean of a sample as a dot with its interval as a whisker, labelled; nothing where there is no mean. */
export function meanMark(sample: Sample, { y, domain }: MeanMarkOptions): Markish[] {
  const mean = sample.mean ?? sample.estimate ?? null
  if (mean === null) return []
  const left = mean > (domain[0] + domain[1]) / 2
  const far = sample.interval ? (left ? sample.interval.low : sample.interval.high) : mean
  return [
    ...(sample.interval ? [link([sample.interval], { x1: 'low', x2: 'high', y1: y, y2: y, strokeWidth: 2 })] : []),
    dot([mean], { x: [mean], y: [y], r: 4, fill: 'currentColor' }),
    text([mean], {
      x: [far],
      y: [y],
      dx: left ? -9 : 9,
      textAnchor: left ? 'end' : 'start',
      text: [`mean ${figureOf(mean)} ${between(sample.interval)}`.trim()],
    }),
  ]
}
