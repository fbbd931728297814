import { epochMs } from '../../harness/sim/world/time/epoch.ts'
import type { MetricPoint } from './point.ts'

/**
 * How much later than its instances say a run's points stand on a metrics server, ms. A simulated network begins at one date in every run; its points stand as long after the
 * run's start as they are after the network's, so that dashboards find them where they look for the run. They may lie ahead of the present, as a network's hour may take minutes. 0 for all other runs.
 */
export function shiftMs({ harness, startedMs }: { readonly harness: string; readonly startedMs: number }): number {
  return harness === 'sim' ? startedMs - epochMs : 0
}

/** A point `ms` later, a whole number. */
export function later(point: MetricPoint, ms: number): MetricPoint {
  return ms === 0 ? point : { ...point, timeNs: String(BigInt(point.timeNs) + BigInt(ms) * 1_000_000n) }
}
