// A launcher to be killed: node launch.ts RUNS PLAN HOW COUNT. Ends its run on SIGINT, as the command does.
import { run } from '../../../kernel-lib/run/run.ts'
import { experimentOf } from './experiment-of.ts'

const [, , runsFolder = '', plan = '', how = '', count = ''] = process.argv
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
const groups = [{ id: 'all', count: Number(count), params: { how } }]
const record = await run(await experimentOf({ plan, case: 'end', timeoutSecs: 120, groups }), {
  runsFolder,
  signal: interrupted.signal,
})
console.log(record.outcome)
