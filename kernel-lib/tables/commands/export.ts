import { type Command, common, type Invocation } from '../../command.ts'

const command: Command = {
  name: 'export',
  summary: 'writes a table of a run as CSV, JSON or Parquet, or all of a run as .tgz',
  usage: '[RUN...]',
  options: {
    table: {
      type: 'string',
      value: 'NAME',
      about:
        'instances, nodes, lookups, query_events, snapshots, entries, diagnostics, events, damage, or a kind of record of the plan',
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      about:
        'csv (default), json (one array), ndjson (one object a line), parquet; or tgz, the files as Testground packs them',
    },
    out: { type: 'string', value: 'FILE', about: 'a file in place of standard output; replaced if it is there' },
    runs: common.runs,
  },
  examples: [
    {
      line: 'hoplab export --table lookups --out lookups.csv',
      about: 'of the newest run; then in R: read.csv("lookups.csv"); in Python: pandas.read_csv("lookups.csv")',
    },
    {
      line: 'hoplab export 01KA --table query_events --format ndjson | gzip > events.ndjson.gz',
      about: 'every event inside every lookup, one JSON object a line',
    },
    {
      line: 'hoplab export --table lookups --format parquet --out lookups.parquet',
      about: 'for DuckDB, Arrow and pandas.read_parquet',
    },
    {
      line: 'hoplab export 01KA --format tgz --out 01KA.tgz',
      about: 'every file of every instance, as testground collect packs them; hoplab import reads it',
    },
  ],
  async run(invocation) {
    const { InputError } = await import('../../errors.ts')
    const { tableFormats } = await import('../table-text.ts')
    const { format = 'csv', out: file } = invocation.values as Readonly<Record<string, string | undefined>>
    const binary = format === 'parquet' || format === 'tgz'
    if (!binary && !tableFormats.some((known) => known === format))
      throw new InputError(`--format ${format}: write one of ${tableFormats.join(', ')}, parquet, tgz`)
    if (binary && file === undefined)
      throw new InputError(`--format ${format}: write a file too, as in --out 01KA.${format}`)
    if (format === 'tgz') await archive(invocation, file ?? '')
    else await table(invocation, format, file)
    return 0
  },
}

async function table(
  { positionals, values, out, err, signal }: Invocation,
  format: string,
  file: string | undefined,
): Promise<void> {
  const [{ endedRun }, { runsFolderOf }] = await Promise.all([
    import('../../run/ended-run.ts'),
    import('../../run/runs-folder.ts'),
  ])
  const runsFolder = runsFolderOf(values.runs)
  const runs = positionals.length > 0 ? positionals : [await endedRun(undefined, runsFolder)]
  const name = typeof values.table === 'string' ? values.table : undefined
  const rows = await tableOf(name, runs, { runsFolder, signal, err })
  if (file === undefined) {
    const { tableText } = await import('../table-text.ts')
    for (const piece of tableText(rows, format)) out(piece.replace(/\n$/, ''))
    return
  }
  const { writeTable } = await import('../export-table.ts')
  await writeTable(rows, file, { format, signal })
  err(`${rows.numRows()} rows of ${name} in ${file}`)
}

interface Asked {
  readonly runsFolder: string
  readonly signal: AbortSignal
  readonly err: (line: string) => void
}

async function tableOf(name: string | undefined, runs: readonly string[], { err, ...options }: Asked) {
  if (name === 'events') return (await import('../events/load-events.ts')).loadEvents(runs, options)
  const [{ load }, { damageLines }] = await Promise.all([import('../load.ts'), import('../damage-lines.ts')])
  const { InputError } = await import('../../errors.ts')
  const data = await load(runs, options)
  if (name === undefined) throw new InputError(`--table: write one of ${[...data.names, 'events'].join(', ')}`)
  const table = data.table(name)
  for (const line of damageLines(data.damage)) err(line)
  return table
}

async function archive({ positionals, values, err }: Invocation, file: string): Promise<void> {
  const [{ InputError }, { readRecord }, { endedRun }, { runsFolderOf }, { writeArchive }] = await Promise.all([
    import('../../errors.ts'),
    import('../read-record.ts'),
    import('../../run/ended-run.ts'),
    import('../../run/runs-folder.ts'),
    import('../run-archive.ts'),
  ])
  const [run, ...more] = positionals
  if (more.length > 0) throw new InputError(`--format tgz: takes one run, not also ${more.join(' ')}`)
  if (values.table !== undefined) throw new InputError('--format tgz: holds all files of a run; leave --table out')
  const runsFolder = runsFolderOf(values.runs)
  const recorded = await readRecord(run ?? (await endedRun(undefined, runsFolder)), runsFolder)
  err(`${await writeArchive(recorded, file)} files of run ${recorded.record.run} in ${file}`)
}

export default command
