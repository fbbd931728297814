import { dot, link, type Markish, text } from '@observablehq/plot'
import type { Sample } from '../../stats/sample/sample.ts'
import { between, figureOf } from '../words/words.ts'
import { paper } from './colours.ts'

/** Where the mark of a mean stands. */
export interface MeanMarkOptions {
  /** Height at which it stands, on the y scale. */
  readonly y: number
  /** Ends of the x scale: the label stays between them. */
  readonly domain: readonly [number, number]
}

/** The mean of a sample as a dot with its interval as a whisker, labelled; nothing where there is no mean. */
export function meanMark(sample: Sample, { y, domain }: MeanMarkOptions): Markish[] {
  const mean = sample.mean ?? sample.estimate ?? null
  if (mean === null) return []
  const place = (mean - domain[0]) / (domain[1] - domain[0])
  const anchor = place < 0.3 ? 'start' : place > 0.7 ? 'end' : 'middle'
  return [
    ...(sample.interval ? [link([sample.interval], { x1: 'low', x2: 'high', y1: y, y2: y, strokeWidth: 2 })] : []),
    dot([mean], { x: [mean], y: [y], r: 4, fill: 'currentColor' }),
    text([mean], {
      x: [mean],
      y: [y],
      dx: anchor === 'start' ? -5 : anchor === 'end' ? 5 : 0,
      dy: -13,
      textAnchor: anchor,
      stroke: paper,
      strokeWidth: 4,
      fill: 'currentColor',
      text: [`mean ${figureOf(mean)} ${between(sample.interval)}`.trim()],
    }),
  ]
}
