import * as assert from 'uvu/assert'
import type { GroupSpec, RunSpec } from '../../../../kernel-lib/composition/spec.ts'
import type { GroupWorld } from '../../../../kernel-lib/composition/world/life.ts'
import { plainLife, plainReach, plainTopology, plainWorld } from '../../../../kernel-lib/composition/world/plain.ts'
import { refuse as refuseDocker } from '../../../../kernel-lib/harness/docker/refuse.ts'
import { refuse as refuseExec } from '../../../../kernel-lib/harness/exec/refuse.ts'
import { refuseWorld } from '../../../../kernel-lib/harness/instances/refuse-world.ts'
import { describe } from '../../../suite.ts'
import { toy } from '../../composition/toy.ts'

const time = { kind: 'constant', ms: 1 } as const
const always = { stage: null, ms: 0 }
const group: GroupSpec = { id: 'a', count: 1, program: true, role: '', version: '', params: {}, ...plainWorld }
const plain: RunSpec = {
  schema: 'hoplab/spec/4',
  plan: 'p',
  case: 'c',
  seed: 1,
  groups: [group],
  network: null,
  topology: plainTopology,
  start: null,
  timeoutMs: 1000,
}
const refused = (world: Partial<GroupWorld>, topology = plainTopology) =>
  refuseWorld({ ...plain, topology, groups: [{ ...group, ...world }] }, 'exec').map((line) => line.split(':')[0])

describe('a harness of this machine', (test) => {
  test('takes a plain network and plain nodes', () => {
    assert.equal(refuseWorld(plain, 'exec'), [])
  })

  test('is exec, and is docker', () => {
    const spec = { ...plain, groups: [{ ...group, region: 'eu' }] }
    const place = { folder: '/nowhere', manifest: toy }
    const packaging = { groups: {}, settings: {} }
    for (const [runner, refuse] of Object.entries({ exec: refuseExec, docker: refuseDocker }))
      assert.ok(refuse(spec, place, packaging).includes(refuseWorld(spec, runner)[0] ?? ''), runner)
  })

  test('refuses each part that is not plain, by the name that it has in a composition', () => {
    assert.equal(refuseWorld({ ...plain, groups: [{ ...group, region: 'eu' }] }, 'docker'), [
      'group "a".region: docker cannot give it; write runner = "sim", or remove it',
    ])
    const side = { groups: ['a'], share: null, from: always, forMs: null }
    const regions = { names: ['eu'], latencyMs: [[1]], shares: [1] }
    assert.equal(
      refused({}, { pairLatency: time, regions, partitions: [side], outages: [{ ...side, everyMs: null }] }),
      ['network.latency_ms (a distribution)', 'network.regions', 'network.partitions', 'network.outages'],
    )
    assert.equal(refused({ reach: { nat: 'single', behind: 2, acceptsShare: 0.5, openMs: time, closedMs: time } }), [
      'group "a".reach.nat',
      'group "a".reach.behind',
      'group "a".reach.accepts_share',
      'group "a".reach.open_secs',
      'group "a".reach.closed_secs',
    ])
    const from = { stage: 'measure', ms: 0 }
    const crashes = { share: 1, everyMs: 1 }
    const life = { join: time, session: time, down: time, crashes, from, newAddress: true, silent: true }
    assert.equal(refused({ life, clock: { skewMs: null, driftPpm: 1 } }), [
      'group "a".life.join_secs',
      'group "a".life.session_secs',
      'group "a".life.down_secs',
      'group "a".life.crash_share',
      'group "a".life.from_stage and from_secs',
      'group "a".life.new_address',
      'group "a".life.silent',
      'group "a".clock',
    ])
    assert.is(Object.keys(life).length, Object.keys(plainLife).length)
    assert.is(Object.keys(plainReach).length, 5)
  })
})
