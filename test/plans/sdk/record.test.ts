import * as assert from 'uvu/assert'
import { records } from '../../../plans/sdk/records/index.ts'
import { describe } from '../../suite.ts'

describe('records', (test) => {
  test('every kind has a file and a table of its own', () => {
    assert.is(new Set(records.map((record) => record.file)).size, records.length)
    assert.is(new Set(records.map((record) => record.name)).size, records.length)
  })

  test('every column says what it means', () => {
    for (const record of records)
      for (const [name, column] of Object.entries(record.columns))
        assert.ok(column.about.length > 0, `${record.name}.${name}`)
  })
})
