import type { WarmStart } from '../../composition/start/start.ts'
import type { Observed } from '../../stats/observed/observed.ts'

/** A run that a figure is drawn from. */
export interface DrawnRun {
  /** Its id. */
  readonly run: string
  /** Null where its network began cold. */
  readonly start: WarmStart | null
}

/** The runs that data was loaded from, in their order, or one of them. */
export function drawnRuns({ records }: Pick<Observed, 'records'>, only?: string): DrawnRun[] {
  return records
    .filter(({ run }) => only === undefined || run === only)
    .map(({ run, spec: { start } }) => ({ run, start }))
}
