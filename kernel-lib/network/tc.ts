import { fifoLimit, netemLimit } from './queue-limit.ts'
import { isUnshaped, type Shape } from './shape.ts'

/** An interface's shape as it is and as it is to be. */
export interface ShapeChange {
  readonly before: Shape
  readonly after: Shape
}

export interface TcOptions {
  /** Whether the kernel has netem; where it has none, only the bandwidth is shaped here and the rest is the user-space shaper's. */
  readonly netem: boolean
}

/** Rate that stands for an unlimited one, bit/s: the most that HTB takes in 32 bits of bytes, as in Testground. */
const unlimitedBps = 0xffff_ffff * 8

/**
 * Lines for `tc -batch -` that shape what an interface sends: an HTB class for the bandwidth (bit/s), below it netem, or a queue where there is none.
 * A shape is changed in place, so that packets under way stay; the unshaped one removes everything. Empty where nothing changes.
 */
export function tcLines(device: string, { before, after }: ShapeChange, { netem }: TcOptions): readonly string[] {
  const shapes = netem ? (shape: Shape) => !isUnshaped(shape) : (shape: Shape) => shape.bandwidthBps > 0
  const leaf = netem ? netemLeaf(after) : `pfifo limit ${fifoLimit(after)}`
  const verb = shapes(before) ? 'change' : 'add'
  if (!shapes(after)) return shapes(before) ? [`qdisc del dev ${device} root`] : []
  return [
    ...(shapes(before) ? [] : [`qdisc add dev ${device} root handle 1: htb default 2`]),
    `class ${verb} dev ${device} parent 1: classid 1:2 htb ${rate(after)}`,
    `qdisc ${verb} dev ${device} parent 1:2 handle 2: ${leaf}`,
  ]
}

function rate({ bandwidthBps }: Shape): string {
  const bps = bandwidthBps === 0 ? unlimitedBps : Math.min(bandwidthBps, unlimitedBps)
  // A quantum, which matters among several classes alone, keeps the kernel from warning of the one it would compute.
  return `rate ${bps}bit ceil ${bps}bit quantum 60000`
}

/** Every part is written, zero or not: a change leaves in force what it does not name. */
function netemLeaf(shape: Shape): string {
  const { latencyMs, jitterMs, loss, corrupt, duplicate, reorder } = shape
  return [
    `netem limit ${netemLimit(shape)}`,
    `delay ${microseconds(latencyMs)} ${microseconds(jitterMs)}`,
    `loss random ${percent(loss)}`,
    `corrupt ${percent(corrupt)} ${percent(shape.corruptCorrelation)}`,
    `duplicate ${percent(duplicate)} ${percent(shape.duplicateCorrelation)}`,
    `reorder ${percent(reorder)} ${percent(shape.reorderCorrelation)}${reorder > 0 ? ' gap 1' : ''}`,
  ].join(' ')
}

function microseconds(ms: number): string {
  return `${Math.round(ms * 1000)}us`
}

/** A share as tc reads it: never in scientific notation. */
function percent(share: number): string {
  return `${(share * 100).toFixed(7).replace(/\.?0+$/, '')}%`
}
