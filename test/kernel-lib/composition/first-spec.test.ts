import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { currentSpec, firstSpec } from '../../../kernel-lib/composition/first-spec.ts'
import { canonicalJson, specHash } from '../../../kernel-lib/composition/hash.ts'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import { parseRecord } from '../../../kernel-lib/run/parse-record.ts'
import { describe } from '../../suite.ts'

const text = readFileSync(resolve(import.meta.dirname, '../../../datasets/closest-peers-12/record.json'), 'utf8')
const recorded = JSON.parse(text)

describe('a spec that was recorded before there were topologies', (test) => {
  test('is read as one of this version, plain, and its hash stays true', () => {
    assert.is(recorded.spec.schema, 'hoplab/spec/1')
    const { record } = parseRecord(text)
    assert.is(record?.spec.schema, 'hoplab/spec/2')
    assert.equal(record?.spec.topology, plainTopology)
    assert.is(record?.spec.groups.length, 3)
    for (const { region, reach, life, clock } of record?.spec.groups ?? [])
      assert.equal({ region, reach, life, clock }, plainWorld)
    assert.is(record?.specHash, recorded.specHash)
    assert.is(specHash(currentSpec(recorded.spec)), recorded.specHash)
  })

  test('is what a plain one of this version was', () => {
    const spec = currentSpec(recorded.spec)
    assert.is(canonicalJson(firstSpec(spec)), canonicalJson(recorded.spec))
    const [first, ...others] = spec.groups
    if (first === undefined) throw new Error('the record has no group')
    assert.is(firstSpec({ ...spec, groups: [{ ...first, region: 'eu' }, ...others] }), null)
    assert.is(firstSpec({ ...spec, topology: { ...plainTopology, outages: [] } })?.schema, 'hoplab/spec/1')
  })

  test('is refused when it is of a schema that nobody wrote, or lacks what its schema has', () => {
    const problem = (spec: object) => parseRecord(JSON.stringify({ ...recorded, spec })).problem ?? ''
    assert.match(
      problem({ ...recorded.spec, schema: 'hoplab/spec/3' }),
      'spec.schema is not hoplab/spec/1 or hoplab/spec/2',
    )
    assert.match(problem({ ...recorded.spec, schema: 'hoplab/spec/2' }), 'spec.topology is missing')
    assert.match(problem({ ...recorded.spec, schema: 'hoplab/spec/2' }), 'spec.groups[0].region is missing')
  })
})
