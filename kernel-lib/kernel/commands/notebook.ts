import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'notebook',
  summary: 'runs a notebook from top to bottom, without Jupyter or Python',
  usage: 'run FILE [--publish [SITE]]',
  options: {
    param: common.param,
    seed: common.seed,
    out: { type: 'string', value: 'FILE', about: 'the executed copy (default: runs/notebooks/ and the name of FILE)' },
    'in-place': { type: 'boolean', about: 'writes outputs into FILE itself' },
    'cell-timeout': { type: 'string', value: 'SECONDS', about: 'longest that one cell may take (default: 600)' },
    publish: { type: 'boolean', about: 'publishes the executed copy, into the folder SITE where one is named' },
    json: common.json,
  },
  examples: [
    { line: 'hoplab notebook run notebooks/dht-lookups.ipynb --publish', about: 'runs it and makes its page' },
    { line: 'hoplab notebook run notebooks/dht-lookups.ipynb -p nodes=60 --seed 7', about: 'with other parameters' },
  ],
  async run(invocation) {
    const { InputError } = await import('../../errors.ts')
    const [verb] = invocation.positionals
    if (verb !== 'run')
      throw new InputError(`hoplab notebook ${verb ?? ''}: write hoplab notebook run FILE`.replace(' :', ':'))
    const { runNotebook } = await import('../execute/run-notebook.ts')
    return runNotebook(invocation)
  },
}

export default command
