import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'plans',
  summary: 'lists plans and their test cases',
  usage: '',
  options: { json: common.json },
  examples: [{ line: 'hoplab plans', about: 'names every plan of this workspace, with its cases' }],
  async run({ positionals, values, workspace, out }) {
    if (positionals.length > 0) {
      const { InputError } = await import('../../errors.ts')
      throw new InputError(`hoplab plans: takes no name; hoplab describe ${positionals[0]} tells of one plan`)
    }
    const [{ listPlans }, { plansJson, plansLines }] = await Promise.all([
      import('../plans.ts'),
      import('../describe.ts'),
    ])
    const plans = await listPlans(workspace)
    if (values.json) out(JSON.stringify(plansJson(plans)))
    else for (const line of plansLines(plans)) out(line)
    return 0
  },
}

export default command
