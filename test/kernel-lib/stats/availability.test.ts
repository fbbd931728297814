import { table } from 'arquero'
import * as assert from 'uvu/assert'
import { recordAvailability } from '../../../kernel-lib/figures/availability.ts'
import { availability } from '../../../kernel-lib/stats/records/availability.ts'
import { describe } from '../../suite.ts'
import { build } from './build.ts'

const minute = 60_000
const search = (startMs: number, status: string) => ({
  kind: 'find-providers',
  start_ms: startMs,
  end_ms: startMs + 500,
  status,
})
const told = (target: string, atMs: number, holding: number, alive = holding) => ({
  run: 'r1',
  group: 'all',
  instance: 0,
  seed: 1,
  ts_ms: atMs,
  round: 0,
  target,
  provided_ms: 9000,
  holders: 4,
  alive,
  holding,
})

/** Two records, provided until second 10, of 4 holders each. */
function data(rows: readonly ReturnType<typeof told>[], spec = {}) {
  const built = build({
    case: 'find-providers',
    spec,
    lookups: [
      { kind: 'provide', start_ms: 8000, end_ms: 10_000 },
      ...[search(10_100, 'ok'), search(10_200, 'ok'), search(10_300, 'absent')],
      ...[search(10_100 + minute, 'ok'), search(10_200 + minute, 'failed')],
    ],
  })
  const columns = Object.fromEntries(
    Object.keys(told('', 0, 0)).map((name) => [name, rows.map((row) => row[name as keyof typeof row])]),
  )
  return { ...built, names: ['holders'], table: () => table(columns) }
}

const rows = [
  ...[told('a', 10_000, 4), told('b', 10_000, 4)],
  ...[told('a', 10_000 + minute, 2), told('b', 10_000 + minute, 0)],
]

describe('availability of provider records', (test) => {
  test('is told for each interval after the last provide: holders that hold still, records held, searches that find', () => {
    const { points } = availability(data(rows), { everySecs: 60 })
    assert.equal(
      points.map(({ afterSecs, holding, held, found }) => [afterSecs, holding.mean, held.estimate, found.estimate]),
      [
        [0, 1, 1, 1],
        [60, 0.25, 0.5, 0.5],
      ],
    )
    assert.equal(
      points.map(({ found }) => [found.n, found.failed, found.entry]),
      [
        [2, 0, 'K5'],
        [2, 1, 'K5'],
      ],
    )
  })

  test('predicts 1 − C^K of the share C of holders that are lost and their number K', () => {
    const { points } = availability(data(rows), { everySecs: 60 })
    assert.equal(
      points.map(({ independent }) => independent),
      [1, 1 - 0.75 ** 4],
    )
  })

  test('counts no holder that came back without its records, and shows those that run where there are such', () => {
    const back = [told('a', 10_000, 4), told('a', 10_000 + minute, 1, 3), told('a', 10_000 + 2 * minute, 0, 4)]
    const { points, lastHolder } = availability(data(back), { everySecs: 60 })
    assert.equal(
      points.map(({ alive, holding, held }) => [alive.mean, holding.mean, held.estimate]),
      [
        [1, 1, 1],
        [0.75, 0.25, 1],
        [1, 0, 0],
      ],
    )
    assert.is(lastHolder.estimate, 121)
    const namesIn = (all: typeof back) =>
      recordAvailability(data(all) as never, { everySecs: 60 }).rows.map(([, of]) => of)
    assert.ok(namesIn(back).includes('holders that run'))
    assert.not.ok(namesIn(rows).includes('holders that run'))
  })

  test('is expected by the schedule by which all of the population leaves', () => {
    const life = { session: null, crashes: { share: 0.5, everyMs: minute }, from: { stage: 'measure', ms: 0 } }
    const asking = { id: 'asking', program: true, life: { session: null, crashes: null, from: { stage: null, ms: 0 } } }
    const all = [told('a', 9000, 4), told('a', 9000 + 2 * minute, 2)]
    const expectedIn = (groups: readonly object[]) =>
      availability(data(all, { groups }), { everySecs: 60 }).points.map(({ expected }) => expected)
    assert.equal(expectedIn([asking, { id: 'leaving', program: false, life }]), [
      { holding: 1, held: 1 },
      { holding: 0.25, held: 1 - 0.75 ** 4 },
    ])
    const others = [
      { ...life, session: { kind: 'constant', ms: 1000 } },
      { ...life, crashes: null },
      { ...life, crashes: { share: 0.5, everyMs: 2 * minute } },
      { ...life, from: { stage: 'measure', ms: 1000 } },
    ]
    for (const other of others)
      assert.equal(
        expectedIn([
          { id: 'leaving', program: false, life },
          { id: 'other', program: false, life: other },
        ]),
        [null, null],
      )
  })

  test('tells when the last holder of a record was lost, and which records still had one', () => {
    const { lastHolder } = availability(data(rows), { everySecs: 60 })
    assert.equal([lastHolder.n, lastHolder.censored, lastHolder.estimate], [2, 1, null])
    const { lastHolder: lost } = availability(data([...rows, told('a', 10_000 + 2 * minute, 0)]), { everySecs: 60 })
    assert.equal([lost.n, lost.censored, lost.estimate], [2, 0, 91])
  })

  test('is of searches alone where nobody told of holders', () => {
    const { points, lastHolder } = availability({ ...data(rows), names: [] }, { everySecs: 60 })
    assert.equal(
      points.map(({ holding, independent, found }) => [holding.n, independent, found.estimate]),
      [
        [0, null, 1],
        [0, null, 0.5],
      ],
    )
    assert.is(lastHolder.n, 0)
  })

  test('is drawn with its entry, and says what it rests on', () => {
    const figure = recordAvailability(data(rows) as never, { everySecs: 60 })
    assert.is(
      figure.title,
      '1 min after records were provided, 50 % of the searches find them; 25 % of the holders hold them still',
    )
    assert.match(figure.subtitle, /\(K5\)/)
    assert.match(figure.caption, /^4 searches, 2 at each time, 1 failed, 0 missing; 2 records; /)
    assert.is(figure.rows.length, 8)
    assert.ok(figure.svg.includes('1 − C^K'))
    const life = { session: null, crashes: { share: 0.1, everyMs: minute }, from: { stage: null, ms: 0 } }
    const scheduled = recordAvailability(data(rows, { groups: [{ program: false, life }] }) as never, { everySecs: 60 })
    assert.match(scheduled.subtitle, /10 % of the nodes crash every 60 s, 0\.9\^m of the holders/)
    assert.ok(scheduled.svg.includes('holders, as expected'))
  })
})
