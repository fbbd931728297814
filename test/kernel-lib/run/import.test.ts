import * as assert from 'uvu/assert'
import { plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import { importArchive } from '../../../kernel-lib/run/import/import.ts'
import { load } from '../../../kernel-lib/tables/load.ts'
import { describe } from '../../suite.ts'
import {
  archive,
  type Entry,
  finish,
  goal,
  hub,
  identity,
  inFolder,
  joined,
  me,
  metric,
  other,
  printed,
  queried,
  refuses,
  started,
} from './testground-archive.ts'

/** Files of instances by `<index>/<file>` in group single. */
const files = (contents: Readonly<Record<string, string>>): Entry[] =>
  Object.entries(contents).map(([path, content]) => ({ path: `r1/single/${path}`, content }))

const dialing = `bootstrap: dialing [{${hub}: [/ip4/127.0.0.1/tcp/2]}]`
const found = started() + identity(me) + printed(20, { type: 'message', message: dialing }) + joined
const rows =
  queried(1001, 'adding', hub) +
  queried(1002, 'adding', other) +
  queried(1003, 'send', hub) +
  queried(1200, 'receive', hub, { closer: [{ ID: goal, Addrs: [] }] }) +
  queried(1201, 'adding', goal) +
  queried(1202, 'dialing', goal) +
  queried(1203, 'dialing', other) +
  queried(1501, 'error', other, { value: 'context canceled' })
const failing = started() + identity(hub) + joined
const plain = files({
  '0/run.out': found + metric(1500, 499_500_000) + finish(1800, 'ok'),
  '0/dht_queries.out': rows,
  '1/run.out': failing + finish(9000, 'failed', 'find peer failed: routing: not found'),
  '1/dht_queries.out':
    queried(1100, 'adding', other) +
    queried(1101, 'send', other) +
    queried(1400, 'error', other, { value: 'connection refused' }),
})

async function imported(entries: readonly Entry[], body: (run: Imported) => void | Promise<void>): Promise<void> {
  await inFolder(async (folder, runs) => {
    const record = await importArchive(archive(folder, entries), { runsFolder: runs })
    await body({ record, data: await load(record, { runsFolder: runs }), runs })
  })
}
interface Imported {
  readonly record: Awaited<ReturnType<typeof importArchive>>
  readonly data: Awaited<ReturnType<typeof load>>
  readonly runs: string
}
const epoch = 1_584_621_700_000
const close = (a: unknown, b: number): void => assert.ok(Math.abs((a as number) - b) < 0.01, `${a} is not ${b}`)

describe('an imported run', (test) => {
  test('has the spec that its start events tell, and null for what nobody recorded', () =>
    imported(plain, ({ record }) => {
      const params = { bucket_size: 2, n_find_peers: 1, timeout_secs: 300 }
      assert.equal(record.spec.groups, [
        { id: 'single', count: 2, program: true, role: '', version: '', params, ...plainWorld },
      ])
      assert.equal([record.spec.plan, record.spec.case, record.spec.seed], ['dht', 'find-peers', 0])
      assert.is(record.spec.timeoutMs, 300_000)
      assert.equal([record.spec.network, record.machine, record.placement], [null, null, null])
      assert.equal([record.harness, record.startedMs, record.endedMs], ['testground', epoch, epoch + 9000])
    }))

  test('keeps the outcome that each instance told, and is as bad as the worst', () =>
    imported(plain, ({ record }) => {
      assert.equal(
        record.instances.map(({ group, index, seq, outcome, reason, spoke }) => [
          group,
          index,
          seq,
          outcome,
          reason,
          spoke,
        ]),
        [
          ['single', 0, 1, 'success', 'success', ['stdout']],
          ['single', 1, 2, 'failure', 'failure: find peer failed: routing: not found', ['stdout']],
        ],
      )
      assert.is(record.outcome, 'failure')
    }))

  test('gives a successful lookup the times of its metric', () =>
    imported(plain, ({ data }) => {
      assert.equal(data.damage, [])
      const lookup = data.lookups.object(0) as Record<string, unknown>
      close(lookup.start_ms, epoch + 1000.5)
      close(lookup.end_ms, epoch + 1500)
      close(lookup.first_result_ms, 499.5)
      assert.equal([lookup.status, lookup.target_peer, lookup.k], ['ok', goal, 2])
      assert.equal(lookup.seeds, [hub, other])
      assert.equal([lookup.connected, lookup.found_from, lookup.termination], [null, null, 'unknown'])
    }))

  test('lets a failed lookup begin when the instance had joined and end with its last row', () =>
    imported(plain, ({ data }) => {
      const lookup = data.lookups.object(1) as Record<string, unknown>
      close(lookup.start_ms, epoch + 1000)
      close(lookup.end_ms, epoch + 1400)
      assert.equal([lookup.status, lookup.error], ['failed', 'find peer failed: routing: not found'])
      assert.equal([lookup.found, lookup.expected, lookup.first_result_ms], [0, null, null])
    }))

  test('tells dials that failed from requests that failed', () =>
    imported(plain, ({ data }) => {
      const events = data.queryEvents.array('event')
      assert.equal(events.slice(0, 8), ['seen', 'seen', 'sent', 'answered', 'seen', 'dial', 'dial', 'dial-failed'])
      assert.equal(events.slice(8), ['seen', 'sent', 'failed'])
      assert.equal([data.queryEvents.get('cause', 7), data.queryEvents.get('cause', 10)], ['cancelled', 'refused'])
      assert.equal(data.queryEvents.get('closer', 3), [goal])
      assert.equal([...data.queryEvents.array('lookup_row')], [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1])
    }))

  test('knows its nodes, and by whose dials who the bootstrapper is', () =>
    imported(plain, ({ data }) => {
      assert.equal(data.nodes.array('peer'), [me, hub])
      assert.equal(data.nodes.array('bootstrapper'), [false, true])
      assert.equal(data.nodes.array('role'), ['server', 'server'])
    }))

  test('takes a metric in any unit of time', () =>
    imported(
      files({ '0/run.out': found + metric(1500, 0.4995, 0, 's') + finish(1800, 'ok'), '0/dht_queries.out': rows }),
      ({ data }) => close(data.lookups.get('start_ms', 0), epoch + 1000.5),
    ))

  test('has one lookup for each target, in the order of their metrics', () => {
    const second = rows
      .replaceAll(goal, me)
      .replaceAll('15846217010', '15846217020')
      .replaceAll('15846217012', '15846217022')
      .replaceAll('15846217015', '15846217025')
    const third = rows
      .replaceAll(goal, hub)
      .replaceAll('15846217010', '15846217030')
      .replaceAll('15846217012', '15846217032')
      .replaceAll('15846217015', '15846217035')
    const out = found + metric(1500, 499_500_000) + metric(2700, 1_199_000_000, 1)
    return imported(
      files({
        '0/run.out': out + finish(4000, 'failed', 'find peer failed: context deadline exceeded'),
        '0/dht_queries.out': rows + second + third,
      }),
      ({ data }) => {
        assert.equal(data.lookups.array('target_peer'), [goal, me, hub])
        assert.equal(data.lookups.array('status'), ['ok', 'ok', 'timeout'])
        close(data.lookups.get('start_ms', 1), epoch + 1501)
        close(data.lookups.get('start_ms', 2), epoch + 2700)
      },
    )
  })

  test('leaves out queries that refresh the table, and says how many rows', () => {
    const refresh = queried(500, 'adding', other, { target: other }) + queried(1700, 'adding', hub, { target: hub })
    return imported(
      files({
        '0/run.out': found + metric(1500, 499_500_000) + finish(1800, 'ok'),
        '0/dht_queries.out': refresh + rows,
      }),
      ({ data, record }) => {
        assert.is(data.queryEvents.numRows(), 8)
        assert.equal(record.placement, {
          notConverted: ['2 rows "adding" of dht_queries.out that belong to no lookup of the case'],
        })
      },
    )
  })
})

describe('what an archive lacks', (test) => {
  test('are instances: they are unknown and counted, in groups that are not there at all too', () =>
    imported(files({ '1/run.out': started({ instances: 5, group_instances: 3 }) + finish(9, 'ok') }), ({ record }) => {
      assert.equal(
        record.instances.map(({ group, index, outcome, reason }) => [group, index, outcome, reason]),
        [
          ['single', 0, 'unknown', 'unknown: not in the archive'],
          ['single', 1, 'success', 'success'],
          ['single', 2, 'unknown', 'unknown: not in the archive'],
          ['not-in-the-archive', 0, 'unknown', 'unknown: not in the archive'],
          ['not-in-the-archive', 1, 'unknown', 'unknown: not in the archive'],
        ],
      )
      assert.is(record.outcome, 'unknown')
    }))

  test('is the end of run.out: the outcome is unknown and the lookup never ended', () =>
    imported(
      files({
        '0/run.out': (found + metric(1500, 1)).slice(0, -60),
        '0/dht_queries.out': rows,
        '1/run.out': started(),
      }),
      ({ record, data }) => {
        assert.is(record.instances[0]?.reason, 'unknown: its run.out is cut short before an outcome')
        assert.is(record.instances[1]?.reason, 'unknown: its run.out tells no outcome')
        assert.is(data.lookups.numRows(), 0)
        assert.equal(new Set(data.queryEvents.array('lookup_row')), new Set([-1]))
      },
    ))

  test('is half a row: it is damage of one row, and the rest is there', () =>
    imported(
      files({
        '0/run.out': found + metric(1500, 499_500_000) + finish(1800, 'ok'),
        '0/dht_queries.out': rows.slice(0, -70),
      }),
      ({ data }) => {
        const damage = data.damage.filter(({ line }) => line !== null)
        assert.equal([damage.length, damage[0]?.path, damage[0]?.line], [1, 'single/0/queries.ndjson', 8])
        assert.match(damage[0]?.problem ?? '', /cut short/)
        assert.is(data.queryEvents.numRows(), 7)
      },
    ))

  test('is the target of a lookup that was timed: it is damage of one row', () =>
    imported(files({ '0/run.out': found + metric(1500, 499_500_000) + finish(1800, 'ok') }), ({ data }) => {
      const damage = data.damage.filter(({ path }) => path === 'single/0/lookups.ndjson')
      assert.equal(
        damage.map(({ line, rows }) => [line, rows]),
        [[1, 1]],
      )
    }))

  test('is a lookup that failed before its first row: it is damage of one row', () =>
    imported(
      files({ '1/run.out': failing + finish(90, 'failed', 'find peer failed: no peers'), '1/dht_queries.out': '' }),
      ({ data }) => {
        assert.equal(data.damage.map(({ path, line }) => [path, line]).at(-1), ['single/1/lookups.ndjson', 1])
      },
    ))

  test('is a row of 10 MB: it is damage, the others are read', () => {
    const long = queried(1300, 'receive', other, { value: 'x'.repeat(10_000_000) })
    const out = found + metric(1500, 499_500_000) + finish(1800, 'ok')
    return imported(files({ '0/run.out': out, '0/dht_queries.out': long + rows }), ({ data }) => {
      const damage = data.damage.filter(({ path, line }) => path.endsWith('queries.ndjson') && line !== null)
      assert.equal(
        damage.map(({ line }) => line),
        [1],
      )
      assert.match(damage[0]?.problem ?? '', /too_long/)
      assert.is(data.queryEvents.numRows(), 8)
    })
  })

  test('is a target that can be read: the row is damage, and the next target is the lookup', () => {
    const alien = queried(1050, 'adding', other, { target: '<script>' })
    const out = failing + finish(9000, 'failed', 'find peer failed: routing: not found')
    return imported(files({ '0/run.out': out, '0/dht_queries.out': alien + alien + rows }), ({ data }) => {
      const damage = data.damage.filter(({ path, line }) => path.endsWith('queries.ndjson') && line !== null)
      assert.equal(
        damage.map(({ line }) => line),
        [1, 2],
      )
      assert.equal(data.lookups.array('target_peer'), [goal])
      assert.equal(data.lookups.array('lookup'), ['find-peer-0'])
    })
  })
})

describe('foreign events', (test) => {
  test('of the newer SDKs tell outcomes too', () => {
    const begin = printed(0, {
      start_event: {
        runenv: { plan: 'net', case: 'ping', params: {}, instances: 3, group: 'single', group_instances: 3 },
      },
    })
    const crash = printed(3, { crash_event: { group: 'single', error: 'panic: nil', stacktrace: 'main.go:1' } })
    return imported(
      files({
        '0/run.out': `${begin}free text\n${printed(2, { success_event: { group: 'single' } })}`,
        '1/run.out': begin + printed(2, { failure_event: { group: 'single', error: 'no route' } }),
        '2/run.out': begin + crash,
        '2/run.err': 'goroutine 1\npanic: nil\n',
      }),
      ({ record }) => {
        assert.equal(
          record.instances.map(({ outcome }) => outcome),
          ['success', 'failure', 'crash'],
        )
        assert.match(record.instances[2]?.ending.lastWords ?? '', /panic: nil/)
        assert.equal(record.versions, { 'testground sdk': 'v0.2.6 or later' })
        assert.match(JSON.stringify(record.placement), /case ping: only find-peers/)
      },
    )
  })

  test('that contradict each other are refused, all contradictions at once', () =>
    inFolder(async (folder, runs) => {
      const path = archive(
        folder,
        files({ '0/run.out': started(), '1/run.out': started({ plan: 'other', instances: 9 }), '5/run.out': '' }),
      )
      await refuses(
        importArchive(path, { runsFolder: runs }),
        /plan is dht and other; number of instances is 2 and 9; group single has an instance 5 and says it has 2/,
        runs,
      )
    }))
})
