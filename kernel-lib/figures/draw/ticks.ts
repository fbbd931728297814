import type { Ground } from './drawing.ts'

/** Whole numbers for the ticks of a count's axis, as many as the ground has room for, at steps of 1, 2, 5, 10, … */
export function wholeTicks([from, to]: readonly [number, number], ground: Ground): number[] {
  const most = ground.narrow ? 7 : 12
  const steps = [1, 2, 5]
    .flatMap((step) => [0, 1, 2, 3, 4, 5, 6].map((power) => step * 10 ** power))
    .sort((a, b) => a - b)
  const step = steps.find((each) => (to - from) / each <= most) ?? to - from
  const ticks: number[] = []
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick + 0)
  return ticks
}
