import type { LinkShape } from '../composition/spec.ts'

/** A link's shape and how much each draw follows the one before it, 0 to 1: value = value · (1 - correlation) + last value · correlation, as in netem, so that unlikely events come in bursts and less often. */
export interface Shape extends LinkShape {
  readonly corruptCorrelation: number
  readonly reorderCorrelation: number
  readonly duplicateCorrelation: number
}

/** Every packet as it is, at once. */
export const unshaped: Shape = {
  latencyMs: 0,
  jitterMs: 0,
  bandwidthBps: 0,
  loss: 0,
  corrupt: 0,
  reorder: 0,
  duplicate: 0,
  corruptCorrelation: 0,
  reorderCorrelation: 0,
  duplicateCorrelation: 0,
}

/** The shape of a link of a composition: each draw by itself. */
export function shapeOf(link: LinkShape): Shape {
  return { ...unshaped, ...link }
}

/** Whether packets are delayed, lost or changed: what netem or the user-space shaper does, a limited bandwidth alone is not. */
export function altersPackets(shape: Shape): boolean {
  const { latencyMs, jitterMs, loss, corrupt, reorder, duplicate } = shape
  return [latencyMs, jitterMs, loss, corrupt, reorder, duplicate].some((value) => value > 0)
}

/** Whether nothing is asked for. */
export function isUnshaped(shape: Shape): boolean {
  return shape.bandwidthBps === 0 && !altersPackets(shape)
}
