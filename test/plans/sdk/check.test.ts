import { Ajv2020 } from 'ajv/dist/2020.js'
import * as assert from 'uvu/assert'
import { rowCheck } from '../../../plans/sdk/check.ts'
import { jsonSchema } from '../../../plans/sdk/json-schema.ts'
import { nodeRecord, queryRecord, records, tableRecord } from '../../../plans/sdk/records/index.ts'
import { describe } from '../../suite.ts'

const answered = {
  ts_ms: 1.5,
  lookup: 'l1',
  event: 'answered',
  path: 0,
  peer: 'p',
  closer: ['a', 'b'],
  providers: null,
  cause: null,
}
const check = rowCheck(queryRecord)
const node = { ts_ms: 1, peer: 'p', key: '', role: 'server', dialable: true, bootstrapper: false, agent: 'a' }

describe('a row', (test) => {
  test('that fits is passed, with null only where the column may be absent', () => {
    assert.equal(check(answered), [])
    assert.equal(check({ ...answered, lookup: null }), ['column "lookup" is null; write a string'])
  })

  test('all that is wrong is said at once, with column and value', () => {
    const { cause, ...short } = answered
    assert.equal(
      check({ ...short, event: 'asked', path: 0.5, peer: 7, closer: ['a', 3], hops: 1 })
        .slice()
        .sort(),
      [
        'column "cause" is missing',
        'column "closer" at 1 is 3; write a string',
        'column "event" is "asked"; write one of seen, dial, dialed, dial-failed, sent, answered, failed, found, ended',
        'column "path" is 0.5; write an integer',
        'column "peer" is 7; write a string or null',
        'there is no column "hops"; columns are ts_ms, lookup, event, path, peer, closer, providers, cause',
      ],
    )
  })

  test('numbers that JSON cannot hold are refused', () => {
    for (const ts_ms of [Number.NaN, Number.POSITIVE_INFINITY, undefined])
      assert.is(check({ ...answered, ts_ms }).length, 1, String(ts_ms))
  })

  test('what is no object is refused', () => {
    for (const row of [null, [], 'x', 3]) assert.match(check(row)[0] as string, /^the row is .*; write an object$/)
  })

  test('a key is 64 hexadecimal digits', () => {
    const keyed = (key: string) => rowCheck(nodeRecord)({ ...node, key })
    assert.equal(keyed('0f'.repeat(32)), [])
    for (const key of ['', '0f', 'zz'.repeat(32), '0f'.repeat(33)])
      assert.equal(keyed(key), [`column "key" is ${JSON.stringify(key)}; write 64 hexadecimal digits`])
  })

  test('buckets are lists of lists', () => {
    const row = { ts_ms: 1, snapshot: 'end', peer: 'p', k: 20, buckets: [[], ['a']] }
    assert.equal(rowCheck(tableRecord)(row), [])
    assert.equal(rowCheck(tableRecord)({ ...row, buckets: ['a'] }), ['column "buckets" at 0 is "a"; write an array'])
  })
})

describe('the JSON Schema of a record', (test) => {
  test('is valid by its own meta-schema and forbids further columns', () => {
    for (const record of records) {
      const schema = jsonSchema(record)
      assert.ok(new Ajv2020({ strict: false }).validateSchema(schema), record.name)
      assert.is(schema.additionalProperties, false)
      assert.equal(schema.required, Object.keys(record.columns))
    }
  })

  test('a column that may be null and has values allows null', () => {
    const column = { type: 'string?', about: 'A side.', values: ['left', 'right'] } as const
    const schema = { name: 's', file: 's.ndjson', about: 'S.', columns: { side: column } }
    assert.equal(rowCheck(schema)({ side: null }), [])
    assert.equal(rowCheck(schema)({ side: 'up' }), ['column "side" is "up"; write one of left, right'])
  })
})
