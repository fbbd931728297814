import { type Command, common } from '../../command.ts'
import { instanceCount, nodeCount } from '../../composition/groups.ts'
import type { FoundRun } from '../list.ts'

const command: Command = {
  name: 'runs',
  summary: 'lists runs, and writes the record of those whose launcher is gone',
  usage: '',
  options: {
    runs: common.runs,
    store: common.store,
    json: common.json,
  },
  examples: [
    { line: 'hoplab runs', about: 'outcome, spec, plan, nodes and date of every run here' },
    { line: 'hoplab runs --store s3://lab/runs', about: 'those that were collected there; hoplab pull brings one' },
  ],
  async run({ positionals, values, out, err, signal }) {
    if (positionals.length > 0) {
      const { InputError } = await import('../../errors.ts')
      throw new InputError(`hoplab runs: takes no name; hoplab show ${positionals[0]} tells of one run`)
    }
    const summary = await import('../summary.ts')
    const { folder, found } =
      typeof values.store === 'string' ? await inStore(values.store, signal) : await inFolder(values.runs, err)
    for (const one of found) if (one.state === 'unreadable') err(`${one.folder}: ${one.problem}`)
    if (values.json) out(JSON.stringify({ schema: 'hoplab/runs/1', folder, runs: found.flatMap(asJson(summary)) }))
    else for (const line of table(found)) out(line)
    return 0
  },
}

interface Place {
  readonly folder: string
  readonly found: readonly FoundRun[]
}

async function inStore(url: string, signal: AbortSignal): Promise<Place> {
  const [{ openStore }, { listStored }] = await Promise.all([
    import('../../store/open.ts'),
    import('../stored/list.ts'),
  ])
  const store = openStore(url, { signal })
  return { folder: store.name, found: await listStored(store) }
}

async function inFolder(runs: unknown, err: (line: string) => void): Promise<Place> {
  const [{ settle }, { listRuns }, { runsFolderOf }] = await Promise.all([
    import('../settle.ts'),
    import('../list.ts'),
    import('../runs-folder.ts'),
  ])
  const folder = runsFolderOf(runs)
  for (const { run, outcome } of await settle(folder)) err(`${run}  its launcher was gone; recorded as ${outcome}`)
  return { folder, found: await listRuns(folder) }
}

function asJson({ runSummary, startSummary }: typeof import('../summary.ts')): (found: FoundRun) => readonly object[] {
  return (found) => {
    if (found.state === 'unreadable') return []
    if (found.state === 'ended') {
      const { spec, startedMs, endedMs } = found.record
      return [{ ...runSummary(found.record, found.folder), plan: spec.plan, case: spec.case, startedMs, endedMs }]
    }
    const { run, specHash, spec, harness, startedMs } = found.live
    const { plan, seed } = spec
    const start = startSummary(spec)
    const warm = start === null ? {} : { start }
    const instances = { expected: instanceCount(spec) }
    const state = { outcome: null, folder: found.folder, harness, seed, instances, ...warm }
    return [{ schema: 'hoplab/run/1', run, spec: specHash, ...state, plan, case: spec.case, startedMs, endedMs: null }]
  }
}

function table(found: readonly FoundRun[]): readonly string[] {
  const rows = found.flatMap((one) => {
    if (one.state === 'unreadable') return []
    const { run, spec, specHash, harness, startedMs } = one.state === 'ended' ? one.record : one.live
    const nodes = nodeCount(spec)
    const outcome = one.state === 'ended' ? one.record.outcome : 'running'
    const date = new Date(startedMs).toISOString().slice(0, 16).replace('T', ' ')
    return [
      [
        run,
        outcome,
        specHash.slice(0, 8),
        `${spec.plan}/${spec.case}`,
        nodes === 1 ? '1 node' : `${nodes} nodes`,
        harness,
        `${date} UTC`,
      ],
    ]
  })
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  if (rows.length === 0) return ['no runs here; hoplab run COMPOSITION makes one']
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

export default command
