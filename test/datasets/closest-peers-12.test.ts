import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { canonicalJson, specHash } from '../../kernel-lib/composition/hash.ts'
import { prepare } from '../../kernel-lib/run/experiment.ts'
import { answer } from '../../kernel-lib/stats/answer.ts'
import { showRun } from '../../kernel-lib/stats/show-run.ts'
import { load } from '../../kernel-lib/tables/load.ts'
import { golden } from '../golden.ts'
import { describe } from '../suite.ts'

const folder = resolve(import.meta.dirname, '../../datasets/closest-peers-12')
const goldens = join(import.meta.dirname, 'goldens')

describe('the recorded run closest-peers-12', (test) => {
  test('is whole: every artifact is what the record says', async () => {
    const data = await load(folder)
    assert.equal(data.damage, [])
    assert.is(data.nodes.numRows(), 12)
    assert.is(data.lookups.filter((row: { phase: string }) => row.phase === 'measured').numRows(), 36)
  })

  test('is repeated by its composition: the same spec, but for parameters that the plan has got since', async () => {
    const [record] = (await load(folder)).records
    const [spec] = (await prepare(join(folder, 'composition.toml'))).specs
    assert.ok(record !== undefined && spec !== undefined)
    const groups = spec.groups.map((group, at) => ({
      ...group,
      params: Object.fromEntries(
        Object.keys(record.spec.groups[at]?.params ?? {}).map((name) => [name, group.params[name]]),
      ),
    }))
    assert.is(canonicalJson({ ...spec, groups }), canonicalJson(record.spec))
    assert.is(specHash(record.spec), record.specHash)
  })

  test('gives the statistics that it gave', async () => {
    const { json } = await showRun(folder)
    const rounded = JSON.stringify(
      { ...json, folder: 'datasets/closest-peers-12' },
      (_, value) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value),
      1,
    )
    golden(join(goldens, 'show.json'), `${rounded}\n`)
  })

  test('answers in a sentence', async () => {
    golden(join(goldens, 'answer.txt'), `${answer(await load(folder)).text}\n`)
  })
})
