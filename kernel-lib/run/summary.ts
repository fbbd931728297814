import { join } from 'node:path'
import { instanceCount, nodeCount } from '../composition/groups.ts'
import type { RunSpec } from '../composition/spec.ts'
import type { WarmStart } from '../composition/start/start.ts'
import { times } from './duration.ts'
import { worstOf } from './judge.ts'
import { type InstanceRecord, type Outcome, outcomes, type RunRecord } from './record.ts'
import { simulated, undecidedLines } from './simulated.ts'

/** What `run --json` prints, and what everything that tells of a run repeats. */
export interface RunSummary {
  readonly schema: 'hoplab/run/1'
  readonly run: string
  /** Hash of the spec. */
  readonly spec: string
  readonly outcome: Outcome
  readonly folder: string
  readonly harness: string
  readonly seed: number
  readonly instances: Readonly<Record<'expected' | Outcome, number>>
  /** Of a network that began warm: how many nodes it has, and the tables that they began with. */
  readonly start?: StartSummary
  /** SHA-256 of the ordered events of a simulation that came to its end, hex. */
  readonly trace?: string
}

/** A warm start without the tables themselves. */
export interface StartSummary extends Omit<WarmStart, 'recorded'> {
  readonly nodes: number
}

/** Sums up how a network began; null where it began cold. */
export function startSummary(spec: RunSpec): StartSummary | null {
  if (spec.start === null) return null
  const { recorded: _, ...start } = spec.start
  return { nodes: nodeCount(spec), ...start }
}

/** Sums up a run. `expected` counts the instances of the spec, so that a difference to the sum of the outcomes shows what is missing. */
export function runSummary(record: RunRecord, folder: string): RunSummary {
  const expected = instanceCount(record.spec)
  const start = startSummary(record.spec)
  const trace = simulated(record)?.trace ?? null
  const count = (wanted: Outcome): number => record.instances.filter(({ outcome }) => outcome === wanted).length
  return {
    schema: 'hoplab/run/1',
    run: record.run,
    spec: record.specHash,
    outcome: record.outcome,
    folder,
    harness: record.harness,
    seed: record.spec.seed,
    instances: {
      expected,
      ...(Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>),
    },
    ...(start === null ? {} : { start }),
    ...(trace === null ? {} : { trace: trace.sha256 }),
  }
}

/**
 * An instance that did not succeed, in one line: who, why, and the file that says more.
 *
 * @param paths Of the artifacts known so far.
 */
export function instanceLine(
  { group, index, reason }: InstanceRecord,
  paths: readonly string[],
  folder: string,
): string {
  const own = `${group}/${index}/`
  const log = ['stderr.log', 'run.out', 'stdout.log'].map((name) => own + name).find((path) => paths.includes(path))
  return `${group}/${index} ${reason}; log: ${join(folder, log ?? own)}`
}

/** What a command that ran several prints in one object. */
export interface RunsSummary {
  readonly schema: 'hoplab/runs/1'
  readonly folder: string
  /** The worst of them; unknown where there is none. */
  readonly outcome: Outcome
  readonly runs: readonly RunSummary[]
}

/** Sums up several runs of one folder. */
export function runsSummary(records: readonly RunRecord[], runsFolder: string): RunsSummary {
  return {
    schema: 'hoplab/runs/1',
    folder: runsFolder,
    outcome: worstOf(records.map(({ outcome }) => outcome)),
    runs: records.map((record) => runSummary(record, join(runsFolder, record.run))),
  }
}

/** How a run ended, for people: outcome, instances, time, folder; what the seed does not decide; and what to do next. */
export function runLines(record: RunRecord, folder: string): readonly string[] {
  const { instances, outcome } = runSummary(record, folder)
  const time = times(simulated(record)?.virtualMs ?? null, record.endedMs - record.startedMs)
  return [
    `${outcome}  ${instances.success} of ${instances.expected} instances   ${time}   ${folder}`,
    ...undecidedLines(record),
    `see: hoplab show ${record.run}`,
  ]
}
