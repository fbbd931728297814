import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'export',
  summary: 'writes a table of a run as CSV or JSON, for R, pandas and others',
  usage: '[RUN...] --table NAME',
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
      about: 'csv, json (one array) or ndjson (one object a line) (default: csv)',
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
  ],
  async run({ positionals, values, out, err, signal }) {
    const { InputError } = await import('../../errors.ts')
    const { tableFormats, tableText } = await import('../table-text.ts')
    const { format = 'csv', table: name, out: file } = values as Readonly<Record<string, string | undefined>>
    if (!tableFormats.some((known) => known === format))
      throw new InputError(`--format ${format}: write one of ${tableFormats.join(', ')}`)
    const [{ endedRun }, { runsFolderOf }] = await Promise.all([
      import('../../run/ended-run.ts'),
      import('../../run/runs-folder.ts'),
    ])
    const runsFolder = runsFolderOf(values.runs)
    const runs = positionals.length > 0 ? positionals : [await endedRun(undefined, runsFolder)]
    const table = await tableOf(name, runs, { runsFolder, signal, err })
    if (file === undefined) for (const piece of tableText(table, format)) out(piece.replace(/\n$/, ''))
    else {
      const { writeTable } = await import('../export-table.ts')
      await writeTable(table, file, { format, signal })
      err(`${table.numRows()} rows of ${name} in ${file}`)
    }
    return 0
  },
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

export default command
