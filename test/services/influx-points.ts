import { type MetricPoint, nanoseconds } from '../../kernel-lib/tables/points/point.ts'

/** Points that differ in time alone, from the `from`-th on. */
export function madePoints(from: number, count: number): MetricPoint[] {
  return Array.from({ length: count }, (_, i) => ({
    measurement: 'made',
    tags: { run: 'made', group: 'all', instance: String((from + i) % 20) },
    fields: { value: (from + i) / 4 },
    timeNs: nanoseconds(1_700_000_000_000 + from + i),
  }))
}
