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
    follow: { type: 'boolean', short: 'f', about: 'goes on as lines come, until the run has ended' },
    runs: common.runs,
    format: { type: 'string', value: 'FORMAT', about: 'text unless given; ndjson is one JSON object a line' },
  },
  examples: [
    { line: 'hoplab logs', about: 'the newest run' },
    { line: 'hoplab logs 01KA --group servers --instance 3', about: 'one instance of the run whose id begins so' },
    { line: 'hoplab logs --follow --grep stage', about: 'what the newest run does, while it does it' },
    { line: 'hoplab logs --level error', about: 'why instances failed' },
  ],
  async run({ positionals, values, out, signal }) {
    const { findRun, InputError, runsFolderOf } = await import('hoplab')
    const { programGroups } = await import('hoplab/composition/groups.ts')
    const { filterOf } = await import('../logs/filter.ts')
    const { shownLine } = await import('../logs/read.ts')
    const { followLogs } = await import('../logs/follow.ts')
    const { openRun } = await import('../logs/open-run.ts')
    const [name, ...more] = positionals
    if (more.length > 0) throw new InputError('hoplab logs: write one run, as in hoplab logs 01KA')
    const filter = filterOf(values)
    const { format = 'text' } = values
    if (format !== 'text' && format !== 'ndjson') throw new InputError(`--format ${format}: write text or ndjson`)
    const run = await openRun(await findRun(name, runsFolderOf(values.runs)))
    const groups = programGroups(run.spec).map(({ id }) => id)
    if (filter.group !== undefined && !groups.includes(filter.group))
      throw new InputError(`--group ${filter.group}: the run has no such group; it has ${groups.join(', ')}`)
    const told = values.follow === true ? run : { ...run, hasEnded: async () => true }
    for await (const line of followLogs(told, filter, { signal }))
      out(format === 'ndjson' ? JSON.stringify(line) : shownLine(line, run.startedMs))
    return signal.aborted ? 130 : 0
  },
}

export default command
