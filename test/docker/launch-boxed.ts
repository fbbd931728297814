// A launcher to be run as another user: node launch-boxed.ts RUNS. Prints the run's id and how it ended.
import { run } from '../../kernel-lib/run/run.ts'
import { experimentOf } from '../kernel-lib/run/experiment-of.ts'

const [, , runsFolder = ''] = process.argv
const groups = [{ id: 'a', count: 2 }]
const experiment = await experimentOf({ plan: 'boxed', case: 'tell', runner: 'docker', groups })
const { run: id, outcome, artifacts } = await run(experiment, { runsFolder })
console.log(JSON.stringify({ run: id, outcome, paths: artifacts.map(({ path }) => path) }))
