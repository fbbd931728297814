import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'healthcheck',
  summary: 'says what a runner needs and this machine lacks',
  usage: '',
  options: {
    runner: common.runner,
    fix: { type: 'boolean', about: 'ends what dead runs left behind, and writes their records' },
    runs: common.runs,
    json: common.json,
  },
  examples: [{ line: 'hoplab healthcheck', about: 'whether instances can run here as processes' }],
  async run({ positionals, values, out }) {
    if (positionals.length > 0) {
      const { InputError } = await import('../../errors.ts')
      throw new InputError(`hoplab healthcheck: takes no name; write --runner ${positionals[0]} to look at a runner`)
    }
    const [{ harnessOf }, { settle }, { runsFolderOf }] = await Promise.all([
      import('../../harness/harnesses.ts'),
      import('../settle.ts'),
      import('../runs-folder.ts'),
    ])
    const runner = String(values.runner ?? 'exec')
    const settled = values.fix ? await settle(runsFolderOf(values.runs)) : []
    const missing = await (await harnessOf(runner)).check()
    if (values.json) {
      const fixed = settled.map(({ run, outcome }) => ({ run, outcome }))
      out(JSON.stringify({ schema: 'hoplab/health/1', runner, ready: missing.length === 0, missing, fixed }))
    } else {
      for (const { run, outcome } of settled) out(`${run}  its launcher was gone; recorded as ${outcome}`)
      for (const { missing: what, fix } of missing) out(`${runner} needs ${what}: ${fix}`)
      if (missing.length === 0) out(`${runner} is ready`)
    }
    return missing.length === 0 ? 0 : 3
  },
}

export default command
