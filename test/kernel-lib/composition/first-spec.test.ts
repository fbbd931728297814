import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { currentSpec, earliestSpec } from '../../../kernel-lib/composition/earlier-spec.ts'
import { canonicalJson, specHash } from '../../../kernel-lib/composition/hash.ts'
import { secondSpec } from '../../../kernel-lib/composition/second-spec.ts'
import type { RunSpec } from '../../../kernel-lib/composition/spec.ts'
import { thirdSpec } from '../../../kernel-lib/composition/third-spec.ts'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import { parseRecord } from '../../../kernel-lib/run/parse-record.ts'
import { describe } from '../../suite.ts'
import { warmStart } from './warm-start.ts'

const text = readFileSync(resolve(import.meta.dirname, '../../../datasets/closest-peers-12/record.json'), 'utf8')
const recorded = JSON.parse(text)
const current = currentSpec(recorded.spec)
const [first, ...others] = current.groups
if (first === undefined) throw new Error('the record has no group')

function asSecond(spec: RunSpec) {
  const third = thirdSpec(spec)
  return third && secondSpec(third)
}

describe('a spec that was recorded before there were topologies', (test) => {
  test('is read as one of this version, plain, and its hash stays true', () => {
    assert.is(recorded.spec.schema, 'hoplab/spec/1')
    const { record } = parseRecord(text)
    assert.is(record?.spec.schema, 'hoplab/spec/4')
    assert.equal(record?.spec.topology, plainTopology)
    assert.is(record?.spec.start, null)
    assert.is(record?.spec.groups.length, 3)
    for (const { region, reach, life, clock, program } of record?.spec.groups ?? [])
      assert.equal({ region, reach, life, clock, program }, { ...plainWorld, program: true })
    assert.is(record?.specHash, recorded.specHash)
    assert.is(specHash(current), recorded.specHash)
  })

  test('is what a plain one of this version was', () => {
    assert.is(canonicalJson(earliestSpec(current)), canonicalJson(recorded.spec))
    assert.is(earliestSpec({ ...current, topology: { ...plainTopology, outages: [] } }).schema, 'hoplab/spec/1')
  })

  test('is refused when it is of a schema that nobody wrote, or lacks what its schema has', () => {
    const problem = (spec: object) => parseRecord(JSON.stringify({ ...recorded, spec })).problem ?? ''
    assert.match(
      problem({ ...recorded.spec, schema: 'hoplab/spec/5' }),
      'spec.schema is not hoplab/spec/1 or hoplab/spec/2 or hoplab/spec/3 or hoplab/spec/4',
    )
    assert.match(problem({ ...recorded.spec, schema: 'hoplab/spec/2' }), 'spec.topology is missing')
    assert.match(problem({ ...recorded.spec, schema: 'hoplab/spec/2' }), 'spec.groups[0].region is missing')
    const third = problem({ ...asSecond(current), schema: 'hoplab/spec/3' })
    assert.match(third, 'spec.start is missing')
    assert.match(third, 'spec.groups[0].program is missing')
    const fourth = problem({ ...current, start: thirdSpec({ ...current, start: warmStart })?.start })
    assert.match(fourth, 'spec.start is not an object with neighbourhood, or null')
  })
})

describe('a spec of a world that is not plain', (test) => {
  const spec = { ...current, groups: [{ ...first, region: 'eu' }, ...others] }

  test('is hashed as it was before there were warm starts', () => {
    const earliest = earliestSpec(spec)
    assert.is(earliest.schema, 'hoplab/spec/2')
    assert.is('start' in earliest, false)
    assert.is('program' in (earliest.groups[0] ?? {}), false)
    assert.equal(currentSpec(earliest), spec)
  })

  test('is read from a record of that time', () => {
    const { record, problem } = parseRecord(JSON.stringify({ ...recorded, spec: asSecond(spec) }))
    assert.is(problem, null)
    assert.equal(record?.spec, spec)
  })
})

describe('a spec that begins warm, or whose nodes do not all run', (test) => {
  test('is hashed as it was before tables told their neighbourhood, where they do not', () => {
    const warm = { ...current, start: warmStart }
    const earliest = earliestSpec(warm)
    assert.is(earliest.schema, 'hoplab/spec/3')
    assert.is('neighbourhood' in ((earliest as { start: object }).start ?? {}), false)
    assert.equal(currentSpec(earliest), warm)
    assert.is(specHash(warm), createHash('sha256').update(canonicalJson(earliest)).digest('hex'))
  })

  test('is of this version where they tell it, and hashed whole', () => {
    const warm = { ...current, start: { ...warmStart, neighbourhood: 0.97 } }
    const idle = { ...warm, groups: [...current.groups, { ...first, id: 'idle', program: false }] }
    assert.equal(earliestSpec(warm), warm)
    assert.is(new Set([current, warm, idle].map(specHash)).size, 3)
    assert.is(
      new Set([warm, { ...warm, start: warmStart }, { ...warm, start: { ...warm.start, seed: 2 } }].map(specHash)).size,
      3,
    )
  })
})
