import type { Command } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'metrics',
  summary: "sends a run's metrics, records, events and outcomes to InfluxDB",
  usage: '[RUN] --influx URL',
  options: {
    influx: {
      type: 'string',
      value: 'URL',
      about: 'server, as http://127.0.0.1:8086?db=NAME&org=NAME (db: hoplab); token or user:password in INFLUX_TOKEN',
    },
    patience: { type: 'string', value: 'SECONDS', about: 'gives up when nothing was taken for so long (default: 60)' },
    runs: common.runs,
    json: common.json,
  },
  examples: [
    { line: 'hoplab metrics --influx http://127.0.0.1:8086', about: 'the newest run; sent again, nothing doubles' },
    {
      line: 'hoplab run plans/dht/compositions/find-peers-40.toml --observe influx=http://127.0.0.1:8086',
      about: 'sends them while the run lives',
    },
  ],
  async run({ positionals, values, out, err, signal }) {
    const { InputError, readRecord, runsFolderOf } = await import('hoplab')
    const { endedRun } = await import('hoplab/run/ended-run.ts')
    const { influxAddress } = await import('../influx/address.ts')
    const [name, ...more] = positionals
    if (more.length > 0) throw new InputError('hoplab metrics: write one run, as in hoplab metrics 01KA')
    if (typeof values.influx !== 'string') throw new InputError('hoplab metrics: write --influx http://127.0.0.1:8086')
    const { patience = '60' } = values
    if (!/^\d+$/.test(String(patience))) throw new InputError(`--patience ${patience}: write a whole number of seconds`)
    const address = influxAddress(values.influx)
    const runsFolder = runsFolderOf(values.runs)
    const folder = await endedRun(name, runsFolder)
    const recorded = await readRecord(folder.includes('/') ? folder : `./${folder}`, '.')
    const { sendRun } = await import('../influx/send-run.ts')
    const summary = await sendRun(recorded, address, { runsFolder, patienceMs: Number(patience) * 1000, signal })
    for (const lack of summary.lacks) err(`${summary.server}: ${lack}`)
    for (const problem of summary.problems) err(`refused: ${problem}`)
    if (values.json === true) out(JSON.stringify(summary))
    else out(`${summary.points} points of run ${summary.run} are on ${summary.server}`)
    return summary.refused === 0 ? 0 : 1
  },
}

export default command
