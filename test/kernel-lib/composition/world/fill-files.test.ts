import * as assert from 'uvu/assert'
import { readComposition } from '../../../../kernel-lib/composition/read.ts'
import { readObject } from '../../../../kernel-lib/composition/read-composition.ts'
import { type Resolved, resolve } from '../../../../kernel-lib/composition/resolve.ts'
import { describe } from '../../../suite.ts'
import { refusal, toy } from '../toy.ts'

const files: Readonly<Record<string, string>> = {
  'times.csv': 'node,session\nx,1.5\ny,20\n\n',
  'one.csv': '\uFEFFdown\r\n0.25\r\n',
  'matrix.csv': ',eu,us\nus,45,8\neu,10,44.5\n',
  'cut.csv': ',eu,us\neu,10,45\n',
  'holes.csv': ',eu,us\neu,10,\nus,45,8\n',
}
function resource(path: string): string {
  const text = files[path]
  if (text === undefined) throw Object.assign(new Error('gone'), { code: 'ENOENT' })
  return text
}
const read = (text: string): Resolved => resolve(readComposition(text, { file: 'c.toml', env: {}, resource }), toy)

const head = 'plan = "toy"\ncase = "find"\n'
const life = (keys: string): string => `${head}[[groups]]\nid = "a"\ncount = 2\n[groups.life]\n${keys}\n`
const regions = (file: string): string =>
  `${head}[[groups]]\nid = "a"\ncount = 2\nregion = "us"\n[network.regions]\nfile = "${file}"\n`
const session = 'session_secs = { distribution = "recorded", file = "times.csv", column = "session" }'

describe('files that a composition names', (test) => {
  test('give recorded times, in the unit of their key', () => {
    const { specs } = read(life(`${session}\ndown_secs = { distribution = "recorded", file = "one.csv" }`))
    const found = specs[0]?.groups[0]?.life
    assert.equal(found?.session, { kind: 'recorded', ms: [1500, 20_000] })
    assert.equal(found?.down, { kind: 'recorded', ms: [250] })
  })

  test('give regions and the latencies between them, rows in any order', () => {
    assert.equal(read(regions('matrix.csv')).specs[0]?.topology.regions, {
      names: ['eu', 'us'],
      latencyMs: [
        [10, 44.5],
        [45, 8],
      ],
      shares: [0.5, 0.5],
    })
  })

  test('stand with their values in the composition that a run keeps, which needs no file', () => {
    const text = `${regions('matrix.csv').replace('[network', `[groups.life]\n${session}\n[network`)}`
    const first = read(text)
    assert.match(
      first.source,
      /^# holds the values of matrix\.csv and times\.csv|^# holds the values of times\.csv and matrix\.csv/,
    )
    assert.not.match(first.source, 'file =')
    assert.equal(read(first.source).specs, first.specs)
    assert.is(read(life('join_secs = 1')).source, life('join_secs = 1'))
  })

  test('are read for an object too', () => {
    const object = {
      plan: 'toy',
      case: 'find',
      groups: [{ id: 'a', count: 2, life: { sessionSecs: { distribution: 'recorded', file: 'one.csv' } as const } }],
      network: { regions: { file: 'matrix.csv' } },
    }
    const { specs, source } = resolve(readObject(object, resource), toy)
    assert.equal(specs[0]?.groups[0]?.life.session, { kind: 'recorded', ms: [250] })
    assert.equal(specs[0]?.topology.regions?.names, ['eu', 'us'])
    assert.equal(read(source).specs, specs)
  })
})

describe('files that a composition names are refused', (test) => {
  const instead = "write a path from the composition's folder, or from the current one where it is no file"

  test('where they are not there, all at once', () => {
    const text = regions('none.csv').replace(
      '[network',
      '[groups.life]\njoin_secs = { distribution = "recorded", file = "no.csv" }\n[network',
    )
    assert.equal(refusal(() => read(text)).split('\n'), [
      'c.toml: 2 problems',
      `  group "a".life.join_secs.file: no.csv: there is no such file; ${instead}`,
      `  network.regions.file: none.csv: there is no such file; ${instead}`,
    ])
  })

  test('where a column is not there, not said, or holds something else', () => {
    const column = (keys: string) =>
      refusal(() => read(life(`join_secs = { distribution = "recorded", file = "times.csv"${keys} }`)))
    assert.is(
      column(''),
      'c.toml: group "a".life.join_secs.column: times.csv: the column is missing; it has node, session',
    )
    assert.is(
      column(', column = "sesion"'),
      'c.toml: group "a".life.join_secs.column: times.csv: has no column "sesion"; it has node, session',
    )
    assert.is(
      column(', column = "node"'),
      'c.toml: group "a".life.join_secs.file: times.csv: row 1 has "x" as node; write a number',
    )
    assert.is(
      column(', column = "session", values = [1]'),
      'c.toml: group "a".life.join_secs.file: stands beside values; write one of them',
    )
  })

  test('where a matrix has other rows than columns, or holes', () => {
    assert.is(
      refusal(() => read(regions('cut.csv'))),
      'c.toml: network.regions.file: cut.csv: its first row names eu, us, its first column eu; write the same names in both',
    )
    assert.is(
      refusal(() => read(regions('holes.csv'))),
      'c.toml: network.regions.file: holes.csv: from eu to us is ""; write a number of at least 0',
    )
  })
})
