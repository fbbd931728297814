import * as assert from 'uvu/assert'
import { influxAddress } from '../../collectors/influx/address.ts'
import { observeInflux } from '../../collectors/influx/observe.ts'
import { influxql } from '../../collectors/influx/query.ts'
import { sendRun } from '../../collectors/influx/send-run.ts'
import { run } from '../../kernel-lib/run/run.ts'
import { readRecord } from '../../kernel-lib/tables/read-record.ts'
import { experimentOf } from '../kernel-lib/run/experiment-of.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe } from '../suite.ts'
import { startMetrics } from './influx-server.ts'
import { influx16 } from './needs.ts'

describe(
  'metrics of a run that lives',
  (test) => {
    test('are on the server when it ends, and are the same as those sent afterwards', async () => {
      const server = await startMetrics('influxdb-1.6')
      const address = influxAddress(`${server.url}?db=live`, '')
      const notices: string[] = []
      const runsFolder = freshFolder()
      try {
        const groups = [
          { id: 'good', count: 3, params: { how: 'success' } },
          { id: 'bad', count: 1, params: { how: 'failure' } },
        ]
        const record = await run(await experimentOf({ plan: 'ends', case: 'end', groups }), {
          runsFolder,
          observers: [observeInflux(`${server.url}?db=live`, { onNotice: (text) => notices.push(text) })],
        })
        const counts = () => influxql(address, 'SELECT count(*) FROM /.*/')
        const live = await counts()
        assert.match(notices.join(), /^metrics: \d+ points are on InfluxDB 1\.6/)
        assert.equal(
          await influxql(address, 'SELECT count(seq) AS n FROM outcomes GROUP BY outcome').then((rows) =>
            rows.map(({ outcome, n }) => [outcome, n]),
          ),
          [
            ['failure', 1],
            ['success', 3],
          ],
        )
        const [ended] = await influxql(address, `SELECT text, outcome FROM runs WHERE "moment" = 'end'`)
        assert.is(ended?.outcome, record.outcome)
        const recorded = await readRecord(record.run, runsFolder)
        await sendRun(recorded, address, { runsFolder, patienceMs: 20_000 })
        assert.equal(await counts(), live)
      } finally {
        await server.stop()
      }
    })
  },
  [influx16],
)
