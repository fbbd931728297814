// A launcher to be killed: node launch.ts RUNS COUNT. Ends its run on SIGINT, as the command does.
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf } from '../kernel-lib/run/experiment-of.ts'

const [, , runsFolder = '', count = ''] = process.argv
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
const groups = [{ id: 'slow', count: Number(count), params: { how: 'slow' } }]
const experiment = await experimentOf({ plan: 'contained', case: 'end', runner: 'docker', timeoutSecs: 120, groups })
const record = await run(experiment, { runsFolder, signal: interrupted.signal })
console.log(record.outcome)
