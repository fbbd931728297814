import * as assert from 'uvu/assert'
import type { GroupPackaging, Packaging } from '../../../../kernel-lib/composition/packaging/packaging.ts'
import type { RunSpec } from '../../../../kernel-lib/composition/spec.ts'
import { plainTopology, plainWorld } from '../../../../kernel-lib/composition/world/plain.ts'
import { controlAddressIn, mostControlled } from '../../../../kernel-lib/harness/docker/network/subnets.ts'
import type { Inmate } from '../../../../kernel-lib/harness/docker/pods/inside/messages.ts'
import { mountTable } from '../../../../kernel-lib/harness/docker/pods/inside/stage.ts'
import { refusePods } from '../../../../kernel-lib/harness/docker/pods/refuse.ts'
import { sharesOf } from '../../../../kernel-lib/harness/docker/pods/shares.ts'
import { readSettings } from '../../../../kernel-lib/harness/docker/settings.ts'
import { membersOf } from '../../../../kernel-lib/harness/instances/members.ts'
import { witness } from '../../../../kernel-lib/harness/instances/witness.ts'
import { describe } from '../../../suite.ts'

const group = (id: string, count: number): RunSpec['groups'][number] => ({
  id,
  count,
  program: true,
  role: '',
  version: '',
  params: {},
  ...plainWorld,
})

const specOf = (...groups: RunSpec['groups']): RunSpec => ({
  schema: 'hoplab/spec/4',
  plan: 'p',
  case: 'c',
  seed: 1,
  groups,
  network: null,
  topology: plainTopology,
  start: null,
  timeoutMs: 1000,
})

const unitsOf = (spec: RunSpec) =>
  membersOf(spec).map((member, number) => ({
    number,
    witnesses: [witness(member, { alone: true, onEvent: () => {} })],
    running: null,
  }))

const packed: GroupPackaging = {
  builder: 'exec:node',
  selectors: [],
  dependencies: [],
  config: {},
  resources: { memoryBytes: null, cpus: null },
}

describe('instances that share containers', (test) => {
  test('are shared out evenly, each container with one image', () => {
    const units = unitsOf(specOf(group('a', 20), group('b', 10), group('c', 6)))
    const images = new Map([
      ['a', { id: 'one' }],
      ['b', { id: 'two' }],
      ['c', { id: 'one' }],
    ])
    const shares = sharesOf(units, images, 25)
    assert.equal(
      shares.map((share) => share.units.length),
      [13, 13, 10],
    )
    assert.equal(
      shares.flatMap((share) => share.units.map(({ number }) => number)),
      [...units.keys()].sort((a, b) => Number(a >= 20 && a < 30) - Number(b >= 20 && b < 30)),
    )
    assert.equal(
      sharesOf(units, images, 1).map((share) => share.units.length),
      units.map(() => 1),
    )
  })

  test('have control addresses of their own in the upper half of the subnet', () => {
    const all = Array.from({ length: mostControlled }, (_, at) => controlAddressIn('198.18.8.0/21', at + 1))
    assert.is(all[0], '198.18.12.1')
    assert.is(all.at(-1), '198.18.15.254')
    assert.is(new Set(all).size, all.length)
  })

  test('find their folders where they look for them, whatever their group is called', () => {
    const inmate: Inmate = { hostname: 'one', outputs: 'a b/0', environment: {}, memoryBytes: 1, links: [] }
    const lines = mountTable(inmate, 3).split('\n')
    assert.ok(lines.includes('/.hoplab-pod/run/a\\040b/0 /outputs none bind'))
    assert.ok(lines.includes('/.hoplab-pod/3/tmp /tmp none bind'))
    assert.is(lines.at(-2), '/.hoplab-pod/empty /.hoplab-pod none bind,ro')
  })

  test('are refused what only a container of their own can give', () => {
    const cpus = { ...packed, resources: { memoryBytes: null, cpus: 0.5 } }
    const packaging = (settings: Packaging['settings']): Packaging => ({
      groups: { a: cpus, b: { ...packed, builder: 'docker:generic' } },
      settings,
    })
    const spec = specOf(group('a', 1000), group('b', 100))
    assert.equal(refusePods(spec, packaging({})), [])
    const refused = refusePods(spec, packaging({ instances_per_container: 25, exposed_ports: { http: 80 } }))
    for (const [at, what] of ['0.5 processors', 'docker:generic', 'exposed_ports', 'at most 1022'].entries())
      assert.match(refused[at] ?? '', what)
    const few = specOf(group('c', 2))
    const shared: Packaging = { groups: {}, settings: { instances_per_container: 25 } }
    assert.equal(refusePods(few, shared), [])
  })

  test('are a whole number in each container', () => {
    assert.is(readSettings({ instances_per_container: 25 }, {}).settings.instancesPerContainer, 25)
    for (const wrong of [0, 1.5, 'many'])
      assert.match(readSettings({ instances_per_container: wrong }, {}).refused.join(), 'instances_per_container')
  })
})
