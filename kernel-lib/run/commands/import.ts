import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'import',
  summary: 'makes a run from an archive that testground collect wrote',
  usage: 'FILE.tgz',
  options: {
    runs: common.runs,
    json: common.json,
  },
  examples: [
    { line: 'hoplab import 48d7fa97a0ee.tgz', about: 'then: hoplab show RUN, with the id that it prints' },
    { line: 'hoplab import 48d7fa97a0ee.tgz --json', about: 'for a program' },
  ],
  async run({ positionals, values, out, err, signal }) {
    const { InputError } = await import('../../errors.ts')
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0)
      throw new InputError('hoplab import: write one archive, as in hoplab import 48d7fa97a0ee.tgz')
    const [{ importArchive }, { runSummary }, { runsFolderOf }, { join }] = await Promise.all([
      import('../import/import.ts'),
      import('../summary.ts'),
      import('../runs-folder.ts'),
      import('node:path'),
    ])
    const runsFolder = runsFolderOf(values.runs)
    const record = await importArchive(file, { runsFolder, signal })
    const folder = join(runsFolder, record.run)
    const summary = runSummary(record, folder)
    for (const note of notConverted(record.placement)) err(`not converted: ${note}`)
    if (values.json) {
      out(JSON.stringify(summary))
      return 0
    }
    const counts = Object.entries(summary.instances).filter(([name, count]) => name !== 'expected' && count > 0)
    out(
      `${record.spec.plan}/${record.spec.case}   ${summary.instances.expected} instances: ${counts.map(([name, count]) => `${count} ${name}`).join(', ')}`,
    )
    out(`${folder}   hoplab show ${record.run}`)
    return 0
  },
}

/** Lines that the record keeps of what stayed in the original files alone. */
function notConverted(placement: Readonly<Record<string, unknown>> | null): readonly unknown[] {
  const lines = placement?.notConverted
  return Array.isArray(lines) ? lines : []
}

export default command
