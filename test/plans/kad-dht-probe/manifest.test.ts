import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { cases, drawRecord, upkeepRecord, valueRecord } from '../../../plans/kad-dht-probe/index.ts'
import { stockNode } from '../../../plans/kad-dht-probe/settings.ts'
import { describe } from '../../suite.ts'

const folder = join(import.meta.dirname, '../../../plans/kad-dht-probe')
const { manifest, warnings } = readManifest(readFileSync(join(folder, 'manifest.toml'), 'utf8'), 'manifest.toml')

describe('plan kad-dht-probe', (test) => {
  test('has the cases that its manifest declares, which reads without a warning', () => {
    assert.equal(warnings, [])
    assert.equal(Object.keys(manifest.cases).sort(), Object.keys(cases).sort())
  })

  test('has all that the program reads of a node', () => {
    for (const { params } of Object.values(manifest.cases)) {
      const defaults = Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default ?? '']))
      const { bucketSize, alpha, disjointPaths, prefixLength, upkeep } = stockNode(defaults)
      assert.equal([bucketSize, alpha, disjointPaths, prefixLength, upkeep], [20, 10, 10, 6, 'own'])
    }
  })

  test('tells as JSON the records that it writes', () => {
    for (const schema of [upkeepRecord, drawRecord, valueRecord]) {
      const told = readFileSync(join(folder, 'schemas', `${schema.name}.json`), 'utf8')
      assert.equal(JSON.parse(told), JSON.parse(JSON.stringify(schema)), schema.name)
    }
  })

  test('fits every composition beside it', async () => {
    const files = readdirSync(join(folder, 'compositions'))
    assert.ok(files.length > 1)
    for (const file of files) {
      const { specs, warnings: said } = await prepare(join(folder, 'compositions', file), { env: {} })
      const count = specs[0]?.groups.reduce((sum, group) => sum + group.count, 0)
      assert.is(count, Number(/-(\d+)\.toml$/.exec(file)?.[1]), file)
      assert.equal(said, [], file)
    }
  })
})
