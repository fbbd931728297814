import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { metricPoint } from '../../../kernel-lib/tables/points/of-metric.ts'
import { pointShape, recordPoint } from '../../../kernel-lib/tables/points/of-record.ts'
import { nanoseconds } from '../../../kernel-lib/tables/points/point.ts'
import { lookupRecord, nodeRecord, tableRecord } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'

const origin = { run: 'r', plan: 'p', case: 'c', seed: '1', group: 'g', instance: '0' }
const lines = (file: string): string[] =>
  readFileSync(join(import.meta.dirname, '../../fixtures/metrics', file), 'utf8')
    .trimEnd()
    .split('\n')

describe('points', (test) => {
  test('what the Go SDK packs into a name becomes a tag, and its nanoseconds stay whole', () => {
    const points = lines('results.out').map((line) => metricPoint(line, { origin, source: 'results' }))
    assert.is(points.length, 12)
    assert.equal(points[1], {
      measurement: 'tagged',
      tags: { ...origin, source: 'results', type: 'point', peer: 'a' },
      fields: { value: 2.5 },
      timeNs: '1795602557350252632',
    })
    assert.is(points.filter((point) => point?.tags.type === 'histogram' && point.fields.p95 !== undefined).length, 2)
  })

  test('a packed tag that would hide one of ours is renamed, and what is no metric is none', () => {
    const line = '{"ts":5,"type":"gauge","name":"load,run=mine,core=1=2","measures":{"value":1,"text":"x"}}'
    assert.equal(metricPoint(line, { origin, source: 'results' }), {
      measurement: 'load',
      tags: { ...origin, source: 'results', type: 'gauge', metric_run: 'mine', core: '1=2' },
      fields: { value: 1 },
      timeNs: '5',
    })
    for (const other of ['', '{', '{}', 'null', '{"ts":1,"type":"gauge","name":"x","measures":{}}'])
      assert.is(metricPoint(other, { origin, source: 'results' }), null, other)
  })

  test('which columns of a record are tags and which are fields follows from its schema', () => {
    const shape = pointShape(lookupRecord)
    assert.equal(shape?.tags, ['phase', 'kind', 'status', 'termination'])
    assert.is(shape?.time, 'end_ms')
    const kinds = Object.fromEntries((shape?.fields ?? []).map(({ name, kind }) => [name, kind]))
    assert.equal(
      [kinds.duration_ms, kinds.connected, kinds.error, kinds.closest_count, kinds.k],
      ['number', 'boolean', 'text', 'number', 'number'],
    )
    assert.is(pointShape(nodeRecord)?.time, 'ts_ms')
    assert.is(pointShape({ ...nodeRecord, columns: { peer: nodeRecord.columns.peer } }), null)
  })

  test('rows of one moment stay apart by their line, and lists become their lengths', () => {
    const shape = pointShape(tableRecord)
    assert.ok(shape)
    const row = { ts_ms: 1000.5, snapshot: 'end', peer: 'x', k: 20, buckets: [['a', 'b'], [], ['c']] }
    const point = recordPoint(shape, row, { origin, line: 7 })
    assert.is(point?.fields.buckets_count, 3)
    assert.is(point?.timeNs, '1000500007')
    assert.is(nanoseconds(1_795_602_557_350.25, 1042), '1795602557350250042')
  })
})
