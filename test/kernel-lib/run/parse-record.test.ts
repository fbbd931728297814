import * as assert from 'uvu/assert'
import { parseRecord } from '../../../kernel-lib/run/parse-record.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import { describe } from '../../suite.ts'
import { experimentOf, freshRuns } from './experiment-of.ts'

interface Altered extends Record<string, unknown> {
  instances: Record<string, unknown>[]
}

async function written(): Promise<string> {
  const groups = [{ id: 'all', count: 2, params: { how: 'silent' } }]
  const record = await run(await experimentOf({ plan: 'ends', case: 'end', groups }), { runsFolder: freshRuns() })
  return JSON.stringify(record)
}

describe('reading a record', (test) => {
  test('takes what run wrote, and says what is wrong with one that was cut or altered', async () => {
    const text = await written()
    const problem = (alter: (record: Altered) => void): string | null => {
      const record = JSON.parse(text)
      alter(record)
      return parseRecord(JSON.stringify(record)).problem
    }
    assert.is(parseRecord(text).problem, null)
    assert.match(parseRecord(text.slice(0, 200)).problem ?? '', 'record.json is not JSON; it was cut or altered')
    assert.match(parseRecord('[]').problem ?? '', 'has schema none; this hoplab reads hoplab/record/1')
    const without = (key: string) => problem((record) => delete record[key])
    assert.is(without('instances'), 'record.json was altered: instances is missing')
    assert.is(without('spec'), 'record.json was altered: spec is missing')
    assert.is(without('artifacts'), 'record.json was altered: artifacts is missing')
    assert.match(
      problem((record) => {
        const [first, second] = record.instances
        Object.assign(first ?? {}, { group: '../x' })
        Object.assign(second ?? {}, { outcome: 'great' })
        record.startedMs = 'x'
      }) ?? '',
      /startedMs is not a time in ms; instances\[0\]\.group is not the name of a folder; instances\[1\]\.outcome is not one of/,
    )
    assert.match(
      problem((record) => {
        record.artifacts = [{ path: '../../etc/passwd', bytes: 1, sha256: '' }]
      }) ?? '',
      'artifacts[0].path is not a path in the run',
    )
  })
})
