import type { Command } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'pull',
  summary: 'brings a run from a store into a folder of runs, checked by sha256',
  usage: 'RUN',
  options: {
    store: common.store,
    to: {
      type: 'string',
      value: 'DIR',
      about: 'folder of runs that it comes to (default: runs, at the root of the workspace)',
    },
    json: common.json,
  },
  examples: [
    {
      line: 'hoplab pull 01KA --store s3://lab/runs --to runs',
      about: 'the run whose id begins so; repeated, only what is missing moves',
    },
    { line: 'hoplab runs --store s3://lab/runs', about: 'what there is to pull' },
  ],
  async run({ positionals, values, out, err, signal }) {
    const { InputError, runsFolderOf } = await import('hoplab')
    const [{ openStore }, { pull }, { megabytes }, { givenStore }] = await Promise.all([
      import('hoplab/store/open.ts'),
      import('../artifacts/pull.ts'),
      import('../artifacts/progress.ts'),
      import('../artifacts/given-store.ts'),
    ])
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0)
      throw new InputError('hoplab pull: write one run, as in hoplab pull 01KA; hoplab runs --store URL lists them')
    const store = openStore(givenStore('pull', values), { signal })
    const pulled = await pull(store, name, { to: runsFolderOf(values.to), tell: err, signal })
    const { run, files, bytes, moved, folder } = pulled
    if (values.json) out(JSON.stringify(pulled))
    else {
      out(
        `${run}  ${files} files, ${megabytes(bytes)} are in ${folder}; ${moved.files} moved now, ${megabytes(moved.bytes)}`,
      )
      out(`see: hoplab show ${folder}`)
    }
    return 0
  },
}

export default command
