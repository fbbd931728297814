import type { Command } from '../../command.ts'

const command: Command = {
  name: 'plans',
  summary: 'lists plans and their test cases',
  usage: '[--json]',
  options: { json: { type: 'boolean', about: 'one JSON object on one line' } },
  examples: [{ line: 'hoplab plans', about: 'names every plan of this workspace, with its cases' }],
  async run({ values, workspace, out }) {
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
