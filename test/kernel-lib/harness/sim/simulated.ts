import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Harness } from '../../../../kernel-lib/harness/harness.ts'
import { simHarness } from '../../../../kernel-lib/harness/sim/sim.ts'
import type { RunRecord } from '../../../../kernel-lib/run/record.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import { experimentOf, freshRuns } from '../../run/experiment-of.ts'

/** One use of something that the seed does not decide, as the record has it. */
export interface RecordedHole {
  readonly what: string
  readonly by: string
  readonly atMs: number
}

/** What a run of the fixture plan `simulated` left. */
export interface Simulated {
  readonly record: RunRecord
  readonly folder: string
  /** What the first instance told, by name. */
  readonly seen: Readonly<Record<string, unknown>>
  readonly holes: readonly RecordedHole[]
  readonly notices: readonly string[]
  /** SHA-256 of the trace. */
  readonly trace: string
}

/** What is run of the plan. */
export interface Wanted {
  readonly plan?: string
  readonly groups?: readonly { readonly id: string; readonly count: number; readonly params?: Record<string, string> }[]
  readonly seed?: number
  readonly timeoutSecs?: number
  readonly harness?: Harness
}

/** Runs a case of a fixture plan in the simulator. */
export async function simulate(testCase: string, wanted: Wanted = {}): Promise<Simulated> {
  const { plan = 'simulated', groups = [{ id: 'one', count: 1 }], seed = 1, timeoutSecs = 1_000_000 } = wanted
  const runsFolder = freshRuns()
  const notices: string[] = []
  const record = await run(await experimentOf({ plan, case: testCase, seed, timeoutSecs, groups }), {
    runsFolder,
    harness: wanted.harness ?? simHarness(),
    observers: [(event) => void (event.kind === 'notice' && notices.push(event.text))],
  })
  const folder = join(runsFolder, record.run)
  const placement = record.placement as { holes: RecordedHole[]; trace: { sha256: string } | null }
  return {
    record,
    folder,
    seen: seenBy(join(folder, groups[0]?.id ?? '', '0', 'run.out')),
    holes: placement.holes,
    notices,
    trace: placement.trace?.sha256 ?? '',
  }
}

function seenBy(file: string): Readonly<Record<string, unknown>> {
  const events = readFileSync(file, 'utf8').trimEnd().split('\n')
  const messages = events.flatMap((line) => (JSON.parse(line).event.message_event?.message as string) ?? [])
  const told = messages.map((text) => JSON.parse(text) as { readonly name: string; readonly value: unknown })
  return Object.fromEntries(told.map(({ name, value }) => [name, value]))
}

/** The reasons of instances that did not succeed; none where all is well. */
export function troubles({ record }: Simulated): readonly string[] {
  return record.instances.filter(({ outcome }) => outcome !== 'success').map(({ reason }) => reason)
}
