import type { Observed } from '../../stats/observed/observed.ts'

/** Ids of the runs that data was loaded from, in their order. */
export function runIds(data: Pick<Observed, 'records'>): string[] {
  return data.records.map((record) => record.run)
}
