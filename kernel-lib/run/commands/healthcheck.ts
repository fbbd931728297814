import type { Command } from '../../command.ts'

const command: Command = {
  name: 'healthcheck',
  summary: 'says what a runner needs and this machine lacks',
  usage: '[--runner NAME] [--fix] [--runs DIR] [--json]',
  options: {
    runner: { type: 'string', value: 'NAME', about: 'the runner to look at; default exec' },
    fix: { type: 'boolean', about: 'end what dead runs left behind, and write their records' },
    runs: { type: 'string', value: 'DIR', about: 'folder of the runs; default runs, at the root of the workspace' },
    json: { type: 'boolean', about: 'one JSON object on one line' },
  },
  examples: [{ line: 'hoplab healthcheck', about: 'whether instances can run here as processes' }],
  async run({ values, out }) {
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
