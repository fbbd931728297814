import * as assert from 'uvu/assert'
import { measureAgainstShare } from '../../../kernel-lib/figures/against-share.ts'
import { endsTable } from '../../../kernel-lib/figures/ends-table.ts'
import { describe } from '../../suite.ts'
import { build } from '../stats/build.ts'

const of = 'nodes behind routers'
const ended = (endMs: number, rest: Record<string, unknown> = {}) => ({ end_ms: endMs, ...rest })
const failed = (error: string) => ended(60_000, { status: 'failed', found: 0, error })
const quick = build({ lookups: [ended(400), ended(400), ended(500), ended(600)] })
const slow = build({
  lookups: [ended(5200), ended(5300), ended(5400), failed('the asking node crashed'), failed('nothing found')],
})
const hidden = build({ lookups: [ended(400), failed('nothing found'), failed('nothing found')] })

describe('the figure of a measure against a share', (test) => {
  test('says the value at both ends, in seconds, and n and failures at each share', () => {
    const figure = measureAgainstShare(
      [
        { share: 0.8, data: slow },
        { share: 0, data: quick },
      ],
      { measure: 'D2', of },
    )
    assert.is(figure.title, 'Median lookup latency: 0.45 s at 0 % of nodes behind routers, 5.4 s at 80 %')
    assert.match(figure.caption, 'at 0 % / 80 %: n 4 / 5 of 4 / 5, failed 0 / 2, missing 0, censored 0 / 2')
    assert.equal(
      figure.rows.map(([share, , , , value]) => [share, value]),
      [
        [0, 450],
        [0.8, 5400],
      ],
    )
  })

  test('draws a question mark where failures hide the value, and never a number', () => {
    const figure = measureAgainstShare(
      [
        { share: 0, data: quick },
        { share: 0.95, data: hidden },
      ],
      { measure: 'D2', of },
    )
    assert.match(figure.title, 'unknown at 95 %')
    assert.match(figure.svg, />\?</)
    assert.is(figure.rows[1]?.[4], null)
  })

  test('tells networks apart, each with its askers, and names what is no lookup by its kind', () => {
    const places = [
      { share: 0.5, data: slow, network: '1,000 nodes' },
      { share: 0.5, data: quick, network: '100 nodes' },
    ]
    const whose = (askers = {}) =>
      measureAgainstShare(places, { measure: 'D2', of, ...askers }).rows.map(([, asker]) => asker)
    assert.equal(whose(), ['1,000 nodes', '100 nodes'])
    assert.equal(whose({ askers: { open: ['all'] } }), ['1,000 nodes, open', '100 nodes, open'])
    const figure = measureAgainstShare(places, { measure: 'D2', of, askers: { open: ['all'] } })
    assert.is(
      figure.title,
      'Median lookup latency at 50 % of nodes behind routers: 0.45 s (100 nodes, open) to 5.4 s (1,000 nodes, open)',
    )
    assert.match(
      figure.caption,
      /^at 50 %; 1,000 nodes, open: n 5 of 5, failed 2, missing 0, censored 2; 100 nodes, open: n 4/,
    )
    const unknown = measureAgainstShare([...places, { share: 0.5, data: hidden, network: '10 nodes' }], {
      ...{ measure: 'D2', of, askers: { open: ['all'] } },
    })
    assert.match(unknown.title, /to 5.4 s \(1,000 nodes, open\), unknown in 1 of 3$/)
    const provided = build({ lookups: [ended(900, { kind: 'provide' }), ended(400, { kind: 'find-providers' })] })
    const titleOf = (kind: string) =>
      measureAgainstShare([{ share: 0.5, data: provided }], { measure: 'D2', of, kind }).title
    assert.is(titleOf('provide'), 'Median provide latency: 0.9 s at 50 % of nodes behind routers')
    assert.is(titleOf('find-providers'), 'Median search latency: 0.4 s at 50 % of nodes behind routers')
  })

  test('tells askers apart, and leaves out those who asked nothing', () => {
    const both = build({ lookups: [ended(400), ended(5000, { group: 'natted' })] })
    const askers = { open: ['all'], routed: ['natted'] }
    const figure = measureAgainstShare(
      [
        { share: 0, data: quick },
        { share: 0.5, data: both },
      ],
      { measure: 'D2', of, askers },
    )
    assert.is(figure.title, 'Median lookup latency at 50 % of nodes behind routers: 0.4 s open, 5 s routed')
    assert.equal(
      figure.rows.map(([share, asker, , , value]) => [share, asker, value]),
      [
        [0, 'open', 450],
        [0.5, 'open', 400],
        [0.5, 'routed', 5000],
      ],
    )
  })

  test('says that it is unknown where no lookup ended', () => {
    assert.match(measureAgainstShare([{ share: 0, data: build({}) }], { measure: 'D2', of }).title, 'unknown')
  })
})

describe('the table of ends', (test) => {
  test('has a column for each reason, so that a crash of the asking node is no fault of the peers', () => {
    const { columns, rows } = endsTable({ quick, slow })
    const of = (row: number, column: string) => rows[row]?.[columns.indexOf(column)]
    assert.equal([of(0, 'lookups'), of(0, 'the asking node crashed'), of(0, 'nothing found')], ['4', '0', '0'])
    assert.equal([of(1, 'lookups'), of(1, 'the asking node crashed'), of(1, 'nothing found')], ['5', '1', '1'])
    assert.match(of(1, 'succeed (95 %)') ?? '', '60 %')
  })
})
