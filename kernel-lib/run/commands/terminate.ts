import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'terminate',
  summary: 'ends the live runs of a folder, or one of them, and removes what dead ones left',
  usage: '[RUN]',
  options: {
    runs: common.runs,
  },
  examples: [
    { line: 'hoplab terminate', about: 'ends every run that lives here; each is recorded as canceled' },
    { line: 'hoplab terminate 01KA', about: 'ends the run whose id begins so' },
  ],
  async run({ positionals, values, out, err }) {
    const [{ settle }, { terminateRun }, { basename, dirname }, { InputError }, { runsFolderOf }] = await Promise.all([
      import('../settle.ts'),
      import('../terminate.ts'),
      import('node:path'),
      import('../../errors.ts'),
      import('../runs-folder.ts'),
    ])
    const [name, ...more] = positionals
    if (more.length > 0)
      throw new InputError('hoplab terminate: write one run, as in hoplab terminate 01KA, or none for all that live')
    const runsFolder = runsFolderOf(values.runs)
    const named =
      name === undefined ? null : await import('../find-run.ts').then((all) => all.findRun(name, runsFolder))
    const folder = named === null ? runsFolder : dirname(named)
    for (const { run, outcome } of await settle(folder)) out(`${run}  its launcher was gone; recorded as ${outcome}`)
    const live = await liveRuns(folder)
    const chosen = named === null ? live : live.filter((one) => basename(one.folder) === basename(named))
    if (chosen.length === 0) out(named === null ? `nothing runs in ${folder}` : `${basename(named)}  has ended already`)
    const ended = await Promise.all(chosen.map((one) => terminateRun(one.folder, one.live)))
    for (const [at, one] of chosen.entries())
      if (ended[at]) out(`${one.live.run}  ended`)
      else err(`${one.live.run}  its processes are ended, and its launcher (pid ${one.live.owner.pid}) does not answer`)
    if (named === null) for (const line of await reapAll()) out(line)
    return ended.every(Boolean) ? 0 : 1
  },
}

/** What dead runs left on the machine goes with every runner, whatever folder they are in. */
async function reapAll(): Promise<readonly string[]> {
  const { allHarnesses } = await import('../../harness/harnesses.ts')
  const reaped = await Promise.all((await allHarnesses()).map(async ({ name, reap }) => [name, await reap()]))
  return reaped.flatMap(([name, did]) => (did === null ? [] : [`${name}: ${did}`]))
}

async function liveRuns(folder: string) {
  const { listRuns } = await import('../list.ts')
  return (await listRuns(folder)).filter((one) => one.state === 'live')
}

export default command
