import { type FoundHole, holeText } from '../harness/sim/hole-text.ts'
import type { RunRecord } from './record.ts'

/** What the record of a simulation says beside what every record does. */
export interface Simulated {
  /** Number of the trace's lines and SHA-256 of their text; null where the simulation did not come to its end. */
  readonly trace: { readonly events: number; readonly sha256: string } | null
  /** How long it took in the simulated network, ms; null where it did not come to its end. */
  readonly virtualMs: number | null
  /** What the seed does not decide. */
  readonly holes: readonly FoundHole[]
}

const holesShown = 5

/** Reads what a record says of its simulation; null where the run was none. */
export function simulated({ harness, placement }: Pick<RunRecord, 'harness' | 'placement'>): Simulated | null {
  if (harness !== 'sim') return null
  const { trace, virtualMs, holes } = placement ?? {}
  const known = isTrace(trace) ? trace : null
  return {
    trace: known,
    virtualMs: known !== null && typeof virtualMs === 'number' ? virtualMs : null,
    holes: Array.isArray(holes) ? holes.filter(isHole) : [],
  }
}

/** What of a run the seed does not decide, a line each and five at most; none for a run that was not simulated. */
export function undecidedLines(record: Pick<RunRecord, 'harness' | 'placement'>): readonly string[] {
  const holes = simulated(record)?.holes ?? []
  const more = holes.length - holesShown
  const rest = more > 0 ? [`not decided by the seed: ${more} more; see placement.holes in record.json`] : []
  return [...holes.slice(0, holesShown).map(holeText), ...rest]
}

function isTrace(value: unknown): value is NonNullable<Simulated['trace']> {
  const { events, sha256 } = (value ?? {}) as Record<string, unknown>
  return typeof events === 'number' && typeof sha256 === 'string'
}

function isHole(value: unknown): value is FoundHole {
  const { what, by, atMs } = (value ?? {}) as Record<string, unknown>
  return typeof what === 'string' && typeof by === 'string' && typeof atMs === 'number'
}
