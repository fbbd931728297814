// time limit: 600 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { prepare } from '../../../../kernel-lib/run/experiment.ts'
import type { RunRecord } from '../../../../kernel-lib/run/record.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import { describe } from '../../../suite.ts'
import { freshRuns } from '../../run/experiment-of.ts'

const harsh = join(import.meta.dirname, '../../../../plans/dht/compositions/harsh-50.toml')
const runsFolder = freshRuns()

interface Traced {
  readonly record: RunRecord
  readonly sha256: string
  readonly events: readonly { readonly event: string }[]
}

async function simulated(seed: number): Promise<Traced> {
  const experiment = await prepare(harsh, { seed, params: { n_get_closest: '2', lookup_rate: '2' } })
  const record = await run(experiment, { runsFolder })
  const lines = gunzipSync(readFileSync(join(runsFolder, record.run, 'trace.ndjson.gz'))).toString()
  const { sha256 } = record.placement?.trace as { sha256: string }
  return {
    record,
    sha256,
    events: lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

describe('a simulated network of 50 nodes with churn, loss, routers and a partition', (test) => {
  test('runs the same, to the last byte, for the same seed, and otherwise for another', async () => {
    const [first, again, other] = await Promise.all([simulated(1), simulated(1), simulated(2)])
    for (const { record } of [first, again, other]) {
      assert.is(
        record.outcome,
        'success',
        JSON.stringify(record.instances.find(({ outcome }) => outcome !== 'success')),
      )
      assert.equal(record.placement?.holes, [])
    }
    const kinds = new Set(first.events.map(({ event }) => event))
    for (const kind of ['crashed', 'restarted', 'partitioned', 'healed', 'data', 'refused'])
      assert.ok(kinds.has(kind), `${kind} is not among ${[...kinds]}`)
    assert.ok(first.events.length > 10_000)
    assert.is(again.sha256, first.sha256)
    assert.is.not(other.sha256, first.sha256)
  })
})
