import { type Command, common, type Invocation } from '../../command.ts'
import { InputError } from '../../errors.ts'
import type { RunEvent } from '../observer.ts'
import type { RunRecord } from '../record.ts'

const command: Command = {
  name: 'run',
  summary: 'runs a composition and records how every instance ended',
  usage: 'COMPOSITION',
  options: {
    param: common.param,
    seed: common.seed,
    runner: common.runner,
    strict: { type: 'boolean', about: 'counts only outcomes told on the sync service' },
    runs: common.runs,
    store: common.store,
    observe: common.observe,
    json: common.json,
  },
  examples: [
    { line: 'hoplab run plans/dht/compositions/find-peers-40.toml', about: 'runs 40 nodes on this machine' },
    {
      line: 'hoplab run plans/dht/compositions/find-peers-40.toml -p nodes=10 --seed 7',
      about: 'ten of them, other peer ids',
    },
  ],
  async run(invocation) {
    const [path, ...more] = invocation.positionals
    if (path === undefined || more.length > 0)
      throw new InputError(
        `hoplab run: ${path === undefined ? 'no composition' : `one composition, not also ${more.join(' ')}`}; write its path, as in hoplab run plans/dht/compositions/find-peers-40.toml`,
      )
    const { records, stored } = await runAll(path, invocation)
    if (invocation.signal.aborted) return 130
    return stored && records.every(({ outcome }) => outcome === 'success') ? 0 : 1
  },
}

async function runAll(
  path: string,
  invocation: Invocation,
): Promise<{ records: readonly RunRecord[]; stored: boolean }> {
  const { values, workspace, out, err, signal } = invocation
  const [{ prepare }, { givenParams, givenSeed }, { repeat }, { runsFolderOf }, { progressFor }] = await Promise.all([
    import('../experiment.ts'),
    import('../given.ts'),
    import('../repeat.ts'),
    import('../runs-folder.ts'),
    import('../progress/for.ts'),
  ])
  const experiment = await prepare(path, {
    workspace,
    params: givenParams((values.param as string[] | undefined) ?? []),
    ...(typeof values.seed === 'string' ? { seed: givenSeed(values.seed) } : {}),
    ...(typeof values.runner === 'string' ? { runner: values.runner } : {}),
  })
  for (const warning of experiment.warnings) err(warning)
  const runsFolder = runsFolderOf(values.runs)
  const strict = values.strict === true
  let stored = true
  const failed = (error: Error): void => {
    if (stored) err(`--store ${values.store}: ${error.message}; the run itself is whole in ${runsFolder}`)
    stored = false
  }
  const observers = await sharedObservers(invocation, failed)
  const board = progressFor(err)
  const count = experiment.specs.length
  const observersOf = (at: number) => [board.seat(count === 1 ? '' : `${at + 1}/${count}`)]
  const records = await repeat(experiment, { runsFolder, strict, signal, observers, observersOf })
  await tell(records, { out, runsFolder, json: values.json === true })
  return { records, stored }
}

async function sharedObservers({ values, err, workspace }: Invocation, failed: (error: Error) => void) {
  const { namedObservers } = await import('../observers.ts')
  const named = await namedObservers((values.observe as readonly string[] | undefined) ?? [], workspace, err)
  if (typeof values.store !== 'string') return named
  const [{ openStore }, { keepIn }] = await Promise.all([import('../../store/open.ts'), import('../keep.ts')])
  const keep = keepIn(openStore(values.store))
  return [keepUntilFailure(keep, failed), ...named]
}

/** After the first failure nothing more is kept: a record in the store would say that all it lists is there. */
function keepUntilFailure(keep: (event: RunEvent) => Promise<void>, failed: (error: Error) => void) {
  let over = false
  return async (event: RunEvent): Promise<void> => {
    if (over) return
    await keep(event).catch((error: Error) => {
      over = true
      failed(error)
    })
  }
}

async function tell(
  records: readonly RunRecord[],
  { out, runsFolder, json }: { out: (line: string) => void; runsFolder: string; json: boolean },
): Promise<void> {
  const { runLines, runSummary, runsSummary } = await import('../summary.ts')
  const { join } = await import('node:path')
  const [only, ...more] = records
  if (json && only !== undefined && more.length === 0) out(JSON.stringify(runSummary(only, join(runsFolder, only.run))))
  else if (json) out(JSON.stringify(runsSummary(records, runsFolder)))
  else for (const record of records) for (const line of runLines(record, join(runsFolder, record.run))) out(line)
}

export default command
