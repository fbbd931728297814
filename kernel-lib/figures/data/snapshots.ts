import type { Observed } from '../../stats/observed/observed.ts'

/** Names of the moments at which routing tables were told, in the order of the earliest of each. */
export function snapshotsOf(data: Pick<Observed, 'snapshots'>): string[] {
  const earliest = new Map<string, number>()
  const rows = data.snapshots.objects({ limit: Number.POSITIVE_INFINITY }) as { snapshot: string; ts_ms: number }[]
  for (const { snapshot, ts_ms } of rows)
    earliest.set(snapshot, Math.min(ts_ms, earliest.get(snapshot) ?? Number.POSITIVE_INFINITY))
  return [...earliest].sort(([, a], [, b]) => a - b).map(([snapshot]) => snapshot)
}
