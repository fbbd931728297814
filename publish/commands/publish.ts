import type { Command } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'publish',
  summary: 'renders an executed notebook to a static page, and the index of its site',
  usage: 'NOTEBOOK...',
  options: {
    site: { type: 'string', value: 'DIR', about: 'folder of the site (default: site)' },
    json: common.json,
  },
  examples: [
    {
      line: 'hoplab notebook run notebooks/dht-lookups.ipynb --publish',
      about: 'executes it and publishes the result',
    },
    { line: 'hoplab publish runs/notebooks/dht-lookups.ipynb --site site', about: 'publishes one that was executed' },
  ],
  async run({ positionals, values, out }) {
    const { InputError } = await import('hoplab')
    if (positionals.length === 0)
      throw new InputError('hoplab publish: which notebook? write hoplab publish NOTEBOOK (an executed one)')
    const { publish } = await import('../publish.ts')
    const site = typeof values.site === 'string' ? values.site : 'site'
    const pages: string[] = []
    for (const path of positionals) pages.push(await publish(path, site))
    if (values.json) out(JSON.stringify({ schema: 'hoplab/publish/1', pages }))
    else for (const page of pages) out(`page: ${page}`)
    return 0
  },
}

export default command
