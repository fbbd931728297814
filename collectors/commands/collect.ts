import type { Command } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'collect',
  summary: 'brings a run to a store: its files, compressed, and then its record',
  usage: '[RUN]',
  options: {
    store: common.store,
    runs: common.runs,
    json: common.json,
  },
  examples: [
    {
      line: 'hoplab collect --store s3://lab/runs',
      about: 'the newest run, to Amazon S3; credentials as the AWS SDK finds them',
    },
    {
      line: 'hoplab collect 01KA --store s3://lab/runs?endpoint=http://127.0.0.1:9000',
      about: 'to another server (MinIO, Ceph, SeaweedFS, Garage, …); repeated, only what is missing moves',
    },
    { line: 'hoplab collect 01KA --store /mnt/shared/runs', about: 'to a folder; HOPLAB_STORE stands for --store' },
  ],
  async run({ positionals, values, out, err, signal }) {
    const { InputError, findRun, readRecord, runsFolderOf } = await import('hoplab')
    const [{ openStore }, { collect }, { megabytes }, { givenStore }] = await Promise.all([
      import('hoplab/store/open.ts'),
      import('../artifacts/collect.ts'),
      import('../artifacts/progress.ts'),
      import('../artifacts/given-store.ts'),
    ])
    const [name, ...more] = positionals
    if (more.length > 0) throw new InputError('hoplab collect: write one run, as in hoplab collect 01KA')
    const store = openStore(givenStore('collect', values), { signal })
    const folder = await findRun(name, runsFolderOf(values.runs))
    const recorded = await readRecord(folder.includes('/') ? folder : `./${folder}`, '.')
    const collected = await collect(recorded, store, { tell: err, signal })
    const { run, files, bytes, moved } = collected
    if (values.json) out(JSON.stringify(collected))
    else
      out(
        `${run}  ${files} files, ${megabytes(bytes)} are in ${store.name}; ${moved.files} moved now, as ${megabytes(moved.bytes)}`,
      )
    return 0
  },
}

export default command
