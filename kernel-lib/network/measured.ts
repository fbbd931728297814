import { altersPackets, type Shape } from './shape.ts'

/** What one link was asked to be, what it was measured to be, and whether the two agree: stands in the record. */
export interface LinkMeasurement {
  /** The two instances, as `<group>/<n>`; the throughput is that from the first to the second. */
  readonly from: string
  readonly to: string
  readonly rtt: Measured | null
  readonly throughput: Measured | null
  /** Whether everything that was measured is within its bounds; null where nothing was. */
  readonly within: boolean | null
}

/** One quantity: round-trip time in ms, or throughput in bit/s. */
export interface Measured {
  /** As configured; 0 is an unlimited throughput, or no delay. */
  readonly configured: number
  readonly measured: number
  /** (measured - configured) / configured; null where 0 is configured. */
  readonly deviation: number | null
  /** Bounds inside which it agrees; null is no bound. */
  readonly least: number | null
  readonly most: number | null
  readonly within: boolean
}

/** A link and what was measured on it; null where nothing was. */
export interface MeasuredLink {
  readonly from: string
  readonly to: string
  /** Shapes of what each of the two sends. */
  readonly shapes: { readonly from: Shape; readonly to: Shape }
  /** Median of round trips, ms, and how many there were. */
  readonly rtt: { readonly medianMs: number; readonly count: number } | null
  readonly throughputBps: number | null
}

export interface ToleranceOptions {
  /** Share by which measured may differ from configured. Default 0.1. */
  readonly tolerance?: number
}

/** What a round trip costs beside the configured delays on a busy machine, ms. */
const machineMs = 1

/** Holds what was measured on a link against its two shapes. Pure. */
export function judgeLink(link: MeasuredLink, { tolerance = 0.1 }: ToleranceOptions = {}): LinkMeasurement {
  const { from, to, shapes } = link
  const rtt = link.rtt && judgeRtt(link.rtt, shapes, tolerance)
  const throughput = link.throughputBps === null ? null : judgeThroughput(link.throughputBps, shapes, tolerance)
  const measured = [rtt, throughput].filter((value) => value !== null)
  return { from, to, rtt, throughput, within: measured.length === 0 ? null : measured.every(({ within }) => within) }
}

type Shapes = MeasuredLink['shapes']

/** The median of n round trips lies within the tolerance (1 ms at least) and three standard errors of what the jitter adds; where a tenth or more overtakes, only not above. */
function judgeRtt(
  { medianMs, count }: { medianMs: number; count: number },
  shapes: Shapes,
  tolerance: number,
): Measured {
  const both = [shapes.from, shapes.to]
  const configured = both.reduce((sum, shape) => sum + meanDelayMs(shape), 0)
  const spreadMs = Math.sqrt(both.reduce((sum, { jitterMs }) => sum + jitterMs ** 2 / 3, 0))
  // A median of values spread evenly errs by 1.73 times as much as their mean does.
  const margin = Math.max(machineMs, tolerance * configured) + (3 * 1.73 * spreadMs) / Math.sqrt(Math.max(1, count))
  const reordered = both.some(({ reorder }) => reorder >= 0.1)
  return bounded({
    configured,
    measured: medianMs,
    least: reordered ? null : configured - margin,
    most: configured + margin,
  })
}

/** Mean of a delay drawn uniformly from latency ± jitter, what is under 0 counted as 0. ms. */
function meanDelayMs({ latencyMs, jitterMs }: Shape): number {
  return jitterMs <= latencyMs ? latencyMs : (latencyMs + jitterMs) ** 2 / (4 * jitterMs)
}

/** A stream fills the link's bandwidth within the tolerance. One whose packets are lost, changed or out of order slows itself down: it is only not above. */
function judgeThroughput(measured: number, { from, to }: Shapes, tolerance: number): Measured {
  const configured = from.bandwidthBps
  if (configured === 0) return bounded({ configured, measured, least: null, most: null })
  const steady = [from, to].every((shape) => !altersPackets({ ...shape, latencyMs: 0 }))
  return bounded({
    configured,
    measured,
    least: steady ? configured * (1 - tolerance) : null,
    most: configured * (1 + tolerance),
  })
}

function bounded(value: Omit<Measured, 'deviation' | 'within'>): Measured {
  const { configured, measured, least, most } = value
  return {
    ...value,
    deviation: configured === 0 ? null : (measured - configured) / configured,
    within: measured >= (least ?? measured) && measured <= (most ?? measured),
  }
}
