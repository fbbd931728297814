import { harnessOf } from '../harness/harnesses.ts'
import { cellSignal } from './cell-signal.ts'
import type { Experiment } from './experiment.ts'
import type { Observer } from './observer.ts'
import type { RunRecord } from './record.ts'
import { type RunOptions, run } from './run.ts'
import { pool } from './stored/pool.ts'
import { inTurns } from './turns.ts'

export interface RepeatOptions extends Omit<RunOptions, 'repetition'> {
  /** Runs at once. Default: as many as the harness says that this machine carries, which is one unless runs are simulated. */
  readonly atOnce?: number
  /** Observers of one run alone, told of it while it lives. `observers` are told of one run after the other, in order, however many go on at once. */
  readonly observersOf?: (repetition: number) => readonly Observer[]
}

/**
 * Runs every repetition of an experiment, and begins no more when the signal is aborted or one cannot be run.
 *
 * @returns Their records, in the order of repetitions.
 * @throws What the first that could not be run threw, when all that had begun have ended.
 */
export async function repeat(experiment: Experiment, options: RepeatOptions = {}): Promise<readonly RunRecord[]> {
  const { signal = cellSignal(), observers = [], observersOf = () => [], ...rest } = options
  const harness = options.harness ?? (await harnessOf(experiment.runner))
  const count = experiment.specs.length
  const width = Math.max(1, Math.min(count, options.atOnce ?? harness.runsAtOnce()))
  const turns = inTurns(observers, count)
  const records: RunRecord[] = []

  async function one(repetition: number): Promise<void> {
    if (signal?.aborted) return
    const watching = [turns.seat(repetition), ...observersOf(repetition)]
    const given = { ...rest, harness, repetition, observers: watching, ...(signal && { signal }) }
    try {
      records[repetition] = await run(experiment, given)
    } finally {
      await turns.over(repetition, { wait: width === 1 })
    }
  }

  const runs = pool(width)
  try {
    for (const repetition of experiment.specs.keys()) await runs.add(() => one(repetition))
  } finally {
    await runs.done()
  }
  await turns.heard()
  return records.filter((record) => record !== undefined)
}
