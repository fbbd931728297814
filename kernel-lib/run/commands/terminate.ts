import type { Command } from '../../command.ts'
import { InputError } from '../../errors.ts'

const command: Command = {
  name: 'terminate',
  summary: 'ends the live runs of a folder, or one of them',
  usage: '[RUN] [--runs DIR]',
  options: { runs: { type: 'string', value: 'DIR', about: 'folder of the runs; default runs' } },
  examples: [{ line: 'hoplab terminate', about: 'ends every run that lives here; each is recorded as canceled' }],
  async run({ positionals, values, out, err }) {
    const [{ settle }, { listRuns }, { terminateRun }] = await Promise.all([
      import('../settle.ts'),
      import('../list.ts'),
      import('../terminate.ts'),
    ])
    const folder = String(values.runs ?? 'runs')
    const [name] = positionals
    for (const { run, outcome } of await settle(folder)) out(`${run}  its launcher was gone; recorded as ${outcome}`)
    const live = (await listRuns(folder)).filter((one) => one.state === 'live')
    const chosen = name === undefined ? live : live.filter((one) => one.live.run.startsWith(name))
    if (name !== undefined && chosen.length !== 1)
      throw new InputError(
        `run "${name}": ${chosen.length === 0 ? 'no live run' : 'more than one live run'} of ${folder} begins so; live are ${live.map((one) => one.live.run).join(', ') || 'none'}`,
      )
    const ended = await Promise.all(chosen.map((one) => terminateRun(one.folder, one.live)))
    for (const [at, one] of chosen.entries())
      if (ended[at]) out(`${one.live.run}  ended`)
      else err(`${one.live.run}  its processes are ended, and its launcher (pid ${one.live.owner.pid}) does not answer`)
    if (chosen.length === 0 && name === undefined) out(`nothing runs in ${folder}`)
    return ended.every(Boolean) ? 0 : 1
  },
}

export default command
