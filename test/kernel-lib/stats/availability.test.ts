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
const told = (target: string, atMs: number, alive: number) => ({
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
})

/** Two records, provided until second 10, of 4 holders each. */
function data(rows: readonly ReturnType<typeof told>[]) {
  const built = build({
    case: 'find-providers',
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
  test('is told for each interval after the last provide: holders that run, records held, searches that find', () => {
    const { points } = availability(data(rows), { everySecs: 60 })
    assert.equal(
      points.map(({ afterSecs, alive, held, found }) => [afterSecs, alive.mean, held.estimate, found.estimate]),
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
      points.map(({ expected }) => expected),
      [1, 1 - 0.75 ** 4],
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
      points.map(({ alive, expected, found }) => [alive.n, expected, found.estimate]),
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
      '1 min after records were provided, 50 % of the searches find them; 25 % of the holders run',
    )
    assert.match(figure.subtitle, /\(K5\)/)
    assert.match(figure.caption, /^4 searches, 2 at each time, 1 failed, 0 missing; 2 records; /)
    assert.is(figure.rows.length, 8)
    assert.ok(figure.svg.includes('1 − C^K'))
  })
})
