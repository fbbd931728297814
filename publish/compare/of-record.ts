import type { RunRecord } from 'hoplab'
import { simulated } from 'hoplab/run/simulated.ts'

/**
 * What of a run's record a repetition must not change: its spec, the code that ran, how each instance ended, and the events of a simulation.
 * Left out are the run's id, dates and times, the machine and its Node, the placement, and the hashes of files, which hold the run's id; `hoplab rerun` compares those.
 */
export function lastingOf(record: RunRecord): Readonly<Record<string, unknown>> {
  const { spec, specHash, harness, strict, outcome, instances, versions } = record
  const { node: _, ...code } = versions
  return {
    spec,
    specHash,
    harness,
    strict,
    outcome,
    instances: instances.map(({ group, index, outcome, reason }) => ({ group, index, outcome, reason })),
    versions: code,
    simulated: simulated(record),
  }
}
