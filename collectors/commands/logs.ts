import type { Command } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'logs',
  summary: 'prints what the instances of a run told, in one stream by time',
  usage: '[RUN]',
  options: {
    group: { type: 'string', value: 'ID', about: 'only instances of this group' },
    instance: { type: 'string', value: 'N', about: 'only the instance with this index in its group' },
    level: { type: 'string', value: 'LEVEL', about: 'error: only failures and crashes; info: everything (default)' },
    since: { type: 'string', value: 'SECONDS', about: "only what came this long after the run's start, or later" },
    grep: { type: 'string', value: 'PATTERN', about: 'only lines that match this regular expression' },
    runs: common.runs,
    format: { type: 'string', value: 'FORMAT', about: 'text unless given; ndjson is one JSON object a line' },
  },
  examples: [
    { line: 'hoplab logs', about: 'the newest run' },
    { line: 'hoplab logs 01KA --group servers --instance 3', about: 'one instance of the run whose id begins so' },
    { line: 'hoplab logs --level error', about: 'why instances failed' },
  ],
  async run({ positionals, values, out }) {
    const { findRun, InputError, readRecord, runsFolderOf } = await import('hoplab')
    const { filterOf } = await import('../logs/filter.ts')
    const { readLogs, shownLine } = await import('../logs/read.ts')
    const [name, ...more] = positionals
    if (more.length > 0) throw new InputError('hoplab logs: write one run, as in hoplab logs 01KA')
    const filter = filterOf(values)
    const { format = 'text' } = values
    if (format !== 'text' && format !== 'ndjson') throw new InputError(`--format ${format}: write text or ndjson`)
    const folder = await findRun(name, runsFolderOf(values.runs))
    const { record } = await readRecord(folder.includes('/') ? folder : `./${folder}`, '.')
    for (const line of await readLogs(folder, record, filter))
      out(format === 'ndjson' ? JSON.stringify(line) : shownLine(line, record.startedMs))
    return 0
  },
}

export default command
