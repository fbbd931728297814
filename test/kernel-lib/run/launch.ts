// A launcher to be killed: node launch.ts RUNS PLAN HOW COUNT RUNNER. Ends its run on SIGINT, as the command does.
import { run } from '../../../kernel-lib/run/run.ts'
import { experimentOf } from './experiment-of.ts'

const [, , runsFolder = '', plan = '', how = '', count = '', runner = ''] = process.argv
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
const groups = [{ id: 'all', count: Number(count), params: { how } }]
const record = await run(await experimentOf({ plan, case: 'end', runner, timeoutSecs: 120, groups }), {
  runsFolder,
  signal: interrupted.signal,
})
console.log(record.outcome)
