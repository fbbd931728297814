// time limit: 300 s
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import type { lookupRecord, Row } from '../../../plans/sdk/index.ts'
import { freshRuns } from '../../kernel-lib/run/experiment-of.ts'
import { describe } from '../../suite.ts'

type Lookup = Row<typeof lookupRecord>

describe('a node of plan dht that crashed and came back', (test) => {
  test('has peers in its table when it looks itself up, and when it asks again', async () => {
    const experiment = await prepare({
      plan: 'dht',
      case: 'get-closest-peers',
      runner: 'sim',
      params: { bucket_size: 4, alpha: 2, bootstrap_target: 0.3, lookup_rate: 1, n_get_closest: 6, n_bootstrap: 2 },
      network: { latencyMs: 40 },
      groups: [
        { id: 'steady', count: 4 },
        {
          id: 'crashing',
          count: 6,
          life: { crashShare: 0.5, crashEverySecs: 15, downSecs: 5, fromStage: 'measure' },
        },
      ],
    })
    const runsFolder = freshRuns()
    const record = await run(experiment, { runsFolder })
    assert.is(record.outcome, 'success')
    const lookups = Array.from({ length: 6 }, (_, index) =>
      readFileSync(join(runsFolder, record.run, 'crashing', String(index), 'lookups.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Lookup),
    )
    const again = lookups.flatMap((own) => {
      const first = own.findIndex(({ phase }) => phase === 'measured')
      return own.slice(first).filter(({ phase }) => phase === 'bootstrap')
    })
    assert.ok(again.length > 2, `${again.length} nodes joined again`)
    assert.equal(
      lookups.flat().filter(({ seeds }) => seeds.length === 0),
      [],
    )
  })
})
