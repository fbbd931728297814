import type { Command } from 'hoplab'

const command: Command = {
  name: 'dashboards',
  summary: "writes Grafana's provisioning files for the dashboards of plans",
  usage: '[PLAN...] --out DIR',
  options: {
    out: { type: 'string', value: 'DIR', about: 'folder of the files; Grafana must see it at the same path' },
    site: { type: 'string', value: 'URL', about: 'address of the published site (default: the folder site, as file:)' },
    influx: { type: 'string', value: 'URL', about: 'InfluxDB as Grafana sees it (default: http://127.0.0.1:8086)' },
    db: { type: 'string', value: 'NAME', about: 'its database (default: hoplab)' },
  },
  examples: [
    { line: 'hoplab dashboards dht --out runs/grafana', about: 'one plan' },
    {
      line: 'hoplab dashboards --out runs/grafana --site https://example.org/lab',
      about: 'every plan of the workspace',
    },
  ],
  async run({ positionals, values, workspace, out }) {
    const { InputError } = await import('hoplab')
    const [{ listPlans, loadPlan }, { provision }, { pathToFileURL }] = await Promise.all([
      import('hoplab/run/plans.ts'),
      import('../dashboards/provision.ts'),
      import('node:url'),
    ])
    const { out: folder, site, influx = 'http://127.0.0.1:8086', db = 'hoplab' } = values
    if (typeof folder !== 'string') throw new InputError('hoplab dashboards: write --out DIR')
    const named = await Promise.all(positionals.map((name) => loadPlan(name, workspace)))
    const plans = named.length > 0 ? named.map(({ plan }) => plan) : await listPlans(workspace)
    const files = await provision(
      plans.map(({ manifest }) => manifest),
      folder,
      {
        site: typeof site === 'string' ? site : pathToFileURL('site').href,
        influx: { url: String(influx), database: String(db) },
      },
    )
    for (const file of files) out(file)
    return 0
  },
}

export default command
