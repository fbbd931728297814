import type { RunSpec } from '../../composition/spec.ts'

/** One value or several, measured at one moment: what a metrics server stores as a row. */
export interface MetricPoint {
  readonly measurement: string
  /** Dimensions. */
  readonly tags: Readonly<Record<string, string>>
  /** At least one. Numbers are finite. */
  readonly fields: Readonly<Record<string, number | boolean | string>>
  /** Nanoseconds since the Unix epoch, as digits: they exceed 2^53. */
  readonly timeNs: string
}

/** An instance, as points name it. */
export interface PointOrigin {
  readonly group: string
  readonly index: number
}

/** Tags that every point of a run carries, and of an instance where one is given. */
export function originTags(run: string, spec: RunSpec, instance?: PointOrigin): MetricPoint['tags'] {
  const { plan, case: name, seed } = spec
  const own = instance === undefined ? {} : { group: instance.group, instance: String(instance.index) }
  return { run, plan, case: name, seed: String(seed), ...own }
}

/**
 * Milliseconds since the Unix epoch as nanoseconds.
 *
 * @param nth Told in the last three digits, which clocks in milliseconds leave free, so that points of one moment stay apart and in order: the number of a line.
 */
export function nanoseconds(ms: number, nth = 0): string {
  return `${Math.round(ms * 1000)}${String(nth % 1000).padStart(3, '0')}`
}
