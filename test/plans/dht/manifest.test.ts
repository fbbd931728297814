import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { prepare } from '../../../kernel-lib/run/experiment.ts'
import { cases } from '../../../plans/dht/cases/index.ts'
import { readSettings } from '../../../plans/dht/settings.ts'
import { describe } from '../../suite.ts'
import { manifest, warnings } from './run-case.ts'

const folder = join(import.meta.dirname, '../../../plans/dht')
const compositions = join(folder, 'compositions')
/** Compositions whose number is no count: percent of the nodes that are behind routers, or that crash. */
const percentages = ['nat', 'relay', 'crash', 'unreachable', 'providers', 'leaving']

describe('manifest of plan dht', (test) => {
  test('reads without a warning', () => assert.equal(warnings, []))

  test('declares the cases that the program has', () => {
    assert.equal(Object.keys(manifest.cases).sort(), Object.keys(cases).sort())
  })

  test('gives every parameter a sentence and a default, and every number bounds or values', () => {
    for (const { name, params } of Object.values(manifest.cases))
      for (const [param, spec] of Object.entries(params)) {
        assert.ok(spec.about.length > 0, `${name}.${param}: about`)
        assert.ok(spec.default !== null, `${name}.${param}: default`)
        const numeric = spec.type === 'int' || spec.type === 'float'
        assert.ok(
          !numeric || spec.values !== null || (spec.min !== null && spec.max !== null),
          `${name}.${param}: bounds`,
        )
      }
  })

  test('has, in every case, all that the program reads', () => {
    for (const { params } of Object.values(manifest.cases)) {
      const defaults = Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default ?? '']))
      readSettings(defaults)
    }
  })

  test('says what the README’s table of parameters says', () => {
    const lines = readFileSync(join(folder, 'README.md'), 'utf8').split('\n')
    const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()))
    for (const { name, params } of Object.values(manifest.cases))
      for (const [param, { about, default: value }] of Object.entries(params)) {
        const [, , shownDefault = '', , , , shownAbout] = rows.find((row) => row[1] === `\`${param}\``) ?? []
        assert.ok(shownAbout?.includes(about), `${name}.${param}`)
        const own = new RegExp(`(^|, )${value}( \\(.*${name}.*\\)|$)`)
        assert.match(shownDefault, own, `${name}.${param}`)
      }
  })

  test('fits every composition beside it', async () => {
    const files = readdirSync(compositions)
    assert.ok(files.length >= 4)
    for (const file of files) {
      const { specs, warnings: said } = await prepare(join(compositions, file), { env: {} })
      const count = specs[0]?.groups.reduce((sum, group) => sum + group.count, 0)
      const [, about, number] = /^(.+)-(\d+[km]?)\.toml$/.exec(file) ?? []
      if (!percentages.includes(about ?? ''))
        assert.is(count, Number(number?.replace('k', '000').replace('m', '000000')), file)
      assert.equal(said, [], file)
    }
  })
})

describe('settings', (test) => {
  const defaults = Object.fromEntries(
    Object.entries(manifest.cases['find-peers']?.params ?? {}).map(([name, spec]) => [name, spec.default ?? '']),
  )

  test('0 disjoint paths are as many as alpha, and -1 connections are all', () => {
    const settings = readSettings({ ...defaults, alpha: 5 })
    assert.is(settings.dht.disjointPaths, 5)
    assert.is(settings.keepConnections, null)
    assert.is(readSettings({ ...defaults, keep_connections: 0 }).keepConnections, 0)
    assert.is(settings.peerIdSeed, null)
  })

  test('a parameter that is not there is named', () => {
    assert.throws(() => readSettings({ ...defaults, alpha: '3' }), /parameter alpha is "3"; write a number/)
    assert.throws(() => readSettings({}), /parameter alpha is undefined/)
  })
})
