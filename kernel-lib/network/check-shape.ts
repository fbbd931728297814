import type { Shape } from './shape.ts'

const shares = [
  'loss',
  'corrupt',
  'reorder',
  'duplicate',
  'corruptCorrelation',
  'reorderCorrelation',
  'duplicateCorrelation',
] as const
/** netem holds a time in microseconds in 32 bits: a bit more than 71 minutes. */
const longestMs = 4_294_967

/** What is wrong in a shape that came from outside, each as `key: what; what to write instead`; empty where it can be applied. */
export function checkShape(shape: Shape): readonly string[] {
  const { latencyMs, jitterMs, bandwidthBps, reorder } = shape
  const times = Object.entries({ latencyMs, jitterMs }).flatMap(([key, value]) => outside(key, value, longestMs))
  const parts = shares.flatMap((key) => outside(key, shape[key], 1))
  const late = reorder > 0 && latencyMs === 0
  return [
    ...times,
    ...outside('bandwidthBps', bandwidthBps, Number.MAX_SAFE_INTEGER),
    ...parts,
    ...(late ? [`reorder: is ${reorder} without a latency; give a latency too, or no reordering`] : []),
  ]
}

function outside(key: string, value: number, most: number): readonly string[] {
  return value >= 0 && value <= most ? [] : [`${key}: is ${value}; write a number from 0 to ${most}`]
}
