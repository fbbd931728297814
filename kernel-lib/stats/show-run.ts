import { sizeWords, startWords } from '../composition/start/start-words.ts'
import { endedRun } from '../run/ended-run.ts'
import { undecidedLines } from '../run/simulated.ts'
import { instanceLine, type RunSummary, runSummary } from '../run/summary.ts'
import { damageLines } from '../tables/damage-lines.ts'
import { load } from '../tables/load.ts'
import type { RunData } from '../tables/run-data.ts'
import { answer } from './answer.ts'
import { reportLines } from './report.ts'
import { statistics } from './statistics.ts'

/** What `hoplab show --json` prints. */
export type ShownRun = RunSummary & { readonly statistics: Readonly<Record<string, unknown>> }

/** A run as `hoplab show` shows it. */
export interface Shown {
  readonly json: ShownRun
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
}

const fewInstances = 10

/**
 * Reads a run and sums it up. Runs whose owner is gone are given their record first.
 *
 * @param name Run id, the beginning of one, or a folder; the newest run unless given.
 * @throws InputError when no run or several are meant, or the run has not ended.
 */
export async function showRun(
  name: string | undefined,
  options: { runsFolder?: string; signal?: AbortSignal } = {},
): Promise<Shown> {
  const { runsFolder, signal } = options
  const folder = await endedRun(name, runsFolder)
  const data = await load(folder, signal ? { signal } : {})
  const [record] = data.records
  const summary = runSummary(record as RunData['records'][number], folder)
  const measured = statistics(data)
  const json = { ...summary, statistics: withoutValues(measured) as Record<string, unknown> }
  return {
    json,
    lines: [...head(summary, data), '', answer(data).text, '', ...reportLines(measured)],
    warnings: damageLines(data.damage),
  }
}

function head({ run, spec, outcome, folder, harness, seed, instances }: RunSummary, { records }: RunData): string[] {
  const [record] = records
  const size = record === undefined ? `${instances.expected} nodes` : sizeWords(record.spec)
  const bad = record?.instances.filter((each) => each.outcome !== 'success') ?? []
  const paths = record?.artifacts.map(({ path }) => path) ?? []
  const undecided = record === undefined ? [] : undecidedLines(record)
  const counts = Object.entries(instances).filter(([name, count]) => name !== 'expected' && count > 0)
  return [
    `${record?.spec.plan}/${record?.spec.case}   ${size}   ${harness}   seed ${seed}   spec ${spec.slice(0, 8)}`,
    ...(record?.spec.start == null ? [] : [startWords(record.spec.start)]),
    `${outcome}   ${counts.map(([name, count]) => `${count} ${name}`).join(', ')}   ${folder}`,
    ...bad.slice(0, fewInstances).map((each) => `  ${instanceLine(each, paths, folder)}`),
    ...(bad.length > fewInstances ? [`  and ${bad.length - fewInstances} more`] : []),
    ...undecided,
    ...(record?.imported ? [`imported from ${record.imported.file}; run ${run}`] : []),
  ]
}

/** A copy without the single observations, which are for figures. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'values' ? [] : [[key, withoutValues(inner)]])),
  )
}
