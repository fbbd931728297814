import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'show',
  summary: 'shows how a run ended and what was measured in it',
  usage: '[RUN]',
  options: {
    json: common.json,
    runs: common.runs,
  },
  examples: [
    { line: 'hoplab show', about: 'the newest run' },
    { line: 'hoplab show 01KA', about: 'the run whose id begins so' },
    {
      line: 'hoplab show runs/01KABCDEFGHJKMNPQRSTVWXYZ0 --json',
      about: 'a run by its folder: its summary and every statistic, for a program',
    },
  ],
  async run({ positionals, values, out, err, signal }) {
    const { InputError } = await import('../../errors.ts')
    const [name, ...more] = positionals
    if (more.length > 0) throw new InputError('hoplab show: write one run, as in hoplab show 01KA')
    const [{ showRun }, { runsFolderOf }] = await Promise.all([
      import('../show-run.ts'),
      import('../../run/runs-folder.ts'),
    ])
    const shown = await showRun(name, { runsFolder: runsFolderOf(values.runs), signal })
    for (const line of shown.warnings) err(line)
    if (values.json) out(JSON.stringify(shown.json))
    else for (const line of shown.lines) out(line)
    return 0
  },
}

export default command
