// A launcher to be killed while the identities of its run are made: node launch-peopled.ts RUNS.
import { run } from '../../../../kernel-lib/run/run.ts'
import { peopledExperiment } from './peopled.ts'

const [, , runsFolder = ''] = process.argv
const groups = [{ id: 'open', share: 1 }]
await run(await peopledExperiment({ testCase: 'ask', groups, seed: 14 }), { runsFolder })
