import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Composition } from '../../../../kernel-lib/composition/composition.ts'
import { simHarness } from '../../../../kernel-lib/harness/sim/sim.ts'
import type { Experiment } from '../../../../kernel-lib/run/experiment.ts'
import type { RunRecord } from '../../../../kernel-lib/run/record.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import type { Asked } from '../../../fixtures/plans/peopled/ask.ts'
import { experimentOf, freshRuns } from '../../run/experiment-of.ts'
import { freshFolder } from '../../run/fresh-folder.ts'

type Groups = NonNullable<Composition['groups']>

/** What is run of the fixture plan `peopled`. */
export interface PeopledWish {
  readonly testCase: 'ask' | 'count' | 'room'
  /** Those of the population, of 1000 nodes where they have shares. */
  readonly groups: Groups
  readonly params?: Record<string, string | number>
  readonly network?: Composition['network']
  readonly total?: number
  readonly seed?: number
}

/** What a run of it left. */
export interface Peopled {
  readonly record: RunRecord
  /** What the instance told, by name. */
  readonly seen: Readonly<Record<string, unknown>>
  readonly asked: readonly Asked[]
  readonly events: readonly { readonly t: number; readonly event: string; readonly by?: string }[]
  readonly trace: string
  readonly identities: string
}

/** An experiment of the plan with one instance, `asker/0`, at position 1. */
export function peopledExperiment(wish: PeopledWish): Promise<Experiment> {
  const { testCase, groups, params = {}, network, total = 1000, seed = 1 } = wish
  return experimentOf({
    plan: 'peopled',
    case: testCase,
    runner: 'sim',
    total,
    seed,
    start: { tables: 'kademlia' },
    params,
    groups: [{ id: 'asker', count: 1 }, ...groups.map((group) => ({ ...group, program: false }))],
    ...(network === undefined ? {} : { network }),
  })
}

/** Runs a case of the plan. */
export async function simulatePeople(wish: PeopledWish): Promise<Peopled> {
  process.env.XDG_CACHE_HOME ??= freshFolder()
  const runsFolder = freshRuns()
  const experiment = await peopledExperiment(wish)
  const record = await run(experiment, { runsFolder, harness: simHarness() })
  const folder = join(runsFolder, record.run)
  const seen = messagesIn(join(folder, 'asker', '0', 'run.out'))
  const lines = gunzipSync(readFileSync(join(folder, 'trace.ndjson.gz'))).toString()
  const { trace, identities } = record.placement as {
    trace: { sha256: string }
    identities: { sha256: string }
  }
  return {
    record,
    seen,
    asked: (seen.asked ?? []) as readonly Asked[],
    events: lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    trace: trace.sha256,
    identities: identities.sha256,
  }
}

function messagesIn(file: string): Readonly<Record<string, unknown>> {
  const events = readFileSync(file, 'utf8').trimEnd().split('\n')
  const messages = events.flatMap((line) => (JSON.parse(line).event.message_event?.message as string) ?? [])
  return Object.fromEntries(messages.map((text) => JSON.parse(text)).map(({ name, value }) => [name, value]))
}
