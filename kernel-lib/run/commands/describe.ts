import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'describe',
  summary: 'says what a plan takes: its cases and their parameters',
  usage: 'PLAN [CASE]',
  options: { json: common.json },
  examples: [
    { line: 'hoplab describe dht', about: 'every case of plan dht' },
    { line: 'hoplab describe dht find-peers', about: 'one case, with every parameter, its default and its bounds' },
  ],
  async run({ positionals, values, workspace, out, err }) {
    const [{ loadPlan }, { describeJson, describeLines, pickCase }, { InputError }] = await Promise.all([
      import('../plans.ts'),
      import('../describe.ts'),
      import('../../errors.ts'),
    ])
    const [name, caseName, ...more] = positionals
    if (name === undefined || more.length > 0)
      throw new InputError('hoplab describe: write one plan and at most one case, as in hoplab describe dht find-peers')
    const { plan, warnings } = await loadPlan(name, workspace)
    const manifest = caseName === undefined ? plan.manifest : pickCase(plan.manifest, caseName)
    for (const warning of warnings) err(warning)
    if (values.json) out(JSON.stringify(describeJson(manifest)))
    else for (const line of describeLines(manifest)) out(line)
    return 0
  },
}

export default command
