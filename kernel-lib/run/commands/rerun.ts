import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'rerun',
  summary: 'repeats a run from its record, and compares simulations',
  usage: '[RUN]',
  options: {
    seed: common.seed,
    runs: common.runs,
    json: common.json,
  },
  examples: [
    {
      line: 'hoplab rerun',
      about: 'repeats the newest run; exits 0 where every event is the same, 1 where one differs',
    },
    {
      line: 'hoplab rerun 01KA --seed 8',
      about: 'the run whose id begins so, under another seed: names the first event that differs',
    },
  ],
  async run({ positionals, values, workspace, out, err, signal }) {
    const { InputError } = await import('../../errors.ts')
    const [name, ...more] = positionals
    if (more.length > 0) throw new InputError('hoplab rerun: write one run, as in hoplab rerun 01KA')
    const [{ rerun }, { rerunLines }, { givenSeed }, { runsFolderOf }, { progressFor }] = await Promise.all([
      import('../rerun/rerun.ts'),
      import('../rerun/lines.ts'),
      import('../given.ts'),
      import('../runs-folder.ts'),
      import('../progress/for.ts'),
    ])
    const again = await rerun(name, {
      ...(typeof values.seed === 'string' ? { seed: givenSeed(values.seed) } : {}),
      runsFolder: runsFolderOf(values.runs),
      workspace,
      observers: [progressFor(err).seat('')],
      signal,
      onChanged: err,
    })
    const { instances, outcome, folder } = again
    if (values.json) out(JSON.stringify(again))
    else {
      out(`${outcome}  ${instances.success} of ${instances.expected} instances   ${folder}   repeats ${again.of}`)
      for (const line of rerunLines(again)) out(line)
    }
    if (signal.aborted) return 130
    return (again.identical ?? outcome === 'success') ? 0 : 1
  },
}

export default command
