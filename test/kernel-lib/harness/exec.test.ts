import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { LinkShape } from '../../../kernel-lib/composition/spec.ts'
import { addressOf, lastSeq } from '../../../kernel-lib/harness/exec/address.ts'
import { networkEnvironment } from '../../../kernel-lib/harness/exec/environment.ts'
import { prepare } from '../../../kernel-lib/harness/exec/prepare.ts'
import { refuse } from '../../../kernel-lib/harness/exec/refuse.ts'
import { refuseNetwork } from '../../../kernel-lib/harness/exec/refuse-network.ts'
import { share } from '../../../kernel-lib/harness/exec/share.ts'
import { harnessOf } from '../../../kernel-lib/harness/harnesses.ts'
import { packParams } from '../../../kernel-lib/harness/instances/environment.ts'
import { membersOf } from '../../../kernel-lib/harness/instances/members.ts'
import { refuseSize } from '../../../kernel-lib/harness/instances/refuse-size.ts'
import { readLink } from '../../../plans/sdk/runtime/link.ts'
import { describe } from '../../suite.ts'
import { experimentOf } from '../run/experiment-of.ts'

const unshaped: LinkShape = {
  latencyMs: 0,
  jitterMs: 0,
  bandwidthBps: 0,
  loss: 0,
  corrupt: 0,
  reorder: 0,
  duplicate: 0,
}

async function specOf(count = 2) {
  const groups = [
    { id: 'a', count },
    { id: 'b', count: 1 },
  ]
  const { specs, packaging, plan } = await experimentOf({ plan: 'foreign', case: 'end', groups })
  const [[spec], [packed]] = [specs, packaging]
  if (spec === undefined || packed === undefined) throw new Error('no spec')
  return { spec, plan, packaging: packed }
}

describe('harness exec', (test) => {
  test('numbers instances in the order of the spec', async () => {
    const { spec } = await specOf()
    const names = membersOf(spec).map(({ group, index, seq }) => `${seq} ${group.id}/${index}`)
    assert.equal(names, ['1 a/0', '2 a/1', '3 b/0'])
  })

  test('shares processes by cores, within what the plan allows', async () => {
    const { spec } = await specOf(9)
    const sizes = (perProcess: number, cores: number) =>
      share(membersOf(spec), { perProcess, cores }).map((held) => held.length)
    assert.equal(sizes(1, 4), Array(10).fill(1))
    assert.equal(sizes(64, 2), [5, 5])
    assert.equal(sizes(3, 2), [3, 3, 3, 1])
    assert.equal(sizes(64, 100), Array(10).fill(1))
  })

  test('gives each instance an address of its own in 127.1.0.0/16', () => {
    const all = new Set(Array.from({ length: lastSeq }, (_, at) => addressOf(at + 1)))
    assert.is(all.size, lastSeq)
    assert.is(addressOf(1), '127.1.1.1')
    assert.is(addressOf(256), '127.1.2.0')
    assert.is(addressOf(lastSeq), '127.1.255.255')
  })

  test('packs parameters as Testground does', () => {
    assert.is(packParams({ n: 3, on: true, text: 'a' }), 'n=3|on=true|text=a')
  })

  test('refuses more instances than fit, in numbers', async () => {
    const { spec } = await specOf(99)
    const room = { eachMb: 10, freeMb: 1000, most: 200, whyMost: 'a bus carries 200' }
    assert.equal(refuseSize(spec, room), [])
    const [line] = refuseSize(spec, { ...room, freeMb: 750.5 })
    assert.match(
      line ?? '',
      /groups: 100 instances of 10 MB take 1000 MB, 750 MB are free; write counts that sum to at most 75$/,
    )
    assert.equal(refuseSize(spec, { ...room, most: 99 }), [
      'groups: a bus carries 200; write counts that sum to at most 99',
    ])
  })

  test('refuses a network, a version that is not offered and a group that cannot be a folder, all at once', async () => {
    const { spec, plan, packaging } = await specOf()
    const [first, second] = spec.groups
    if (first === undefined || second === undefined) throw new Error('two groups')
    const network = { latencyMs: 50, jitterMs: 0, bandwidthBps: 0, loss: 0, corrupt: 0, reorder: 0, duplicate: 0 }
    const groups = [
      { ...first, version: 'v9' },
      { ...second, id: '../b' },
    ]
    const refused = refuse({ ...spec, network, groups }, plan, packaging)
    assert.is(refused.length, 3)
    assert.is(
      refused[0],
      'network: plan foreign does not shape what it sends, and exec cannot (latency_ms = 50); remove the network, or write runner = "docker" or "sim"',
    )
    assert.match(refused[1] ?? '', /^groups\[0\].version: plan foreign does not offer "v9"; it offers none, remove it/)
    assert.match(refused[2] ?? '', /^groups\[1\].id: "..\/b"/)
  })

  test('gives a plan that shapes what it sends its link, and refuses the parts that it does not shape', async () => {
    const { spec, plan, packaging } = await specOf()
    const shaping = (shapes: typeof plan.manifest.shapes) => ({ ...plan, manifest: { ...plan.manifest, shapes } })
    const refusedOf = (part: Partial<LinkShape>, shapes: typeof plan.manifest.shapes): readonly string[] =>
      refuse({ ...spec, network: { ...unshaped, ...part } }, shaping(shapes), packaging)
    assert.equal(refusedOf({ latencyMs: 50, jitterMs: 5, bandwidthBps: 8 }, ['latency', 'jitter', 'bandwidth']), [])
    assert.equal(refusedOf({}, []), [])
    assert.equal(refusedOf({ latencyMs: 50, jitterMs: 5, loss: 0.01 }, ['latency', 'bandwidth']), [
      'network.jitter_ms: is 5; plan foreign shapes no more than latency, bandwidth of what it sends; write 0, or runner = "docker" or "sim"',
      'network.loss: is 0.01; plan foreign shapes no more than latency, bandwidth of what it sends; write 0, or runner = "docker" or "sim"',
    ])
    const built = Object.fromEntries(
      Object.entries(packaging.groups).map(([id, group]) => [
        id,
        id === 'b' ? { ...group, builder: 'exec:go' } : group,
      ]),
    )
    const network = { ...unshaped, latencyMs: 50 }
    assert.match(
      refuseNetwork({ ...spec, network }, shaping(['latency']), { ...packaging, groups: built })[0] ?? '',
      /^network: group "b", which is not the plan's own program, does not shape what it sends/,
    )
  })

  test('tells programs of a link only where there is something to shape', () => {
    assert.equal(networkEnvironment(null), {})
    assert.equal(networkEnvironment(unshaped), {})
    assert.equal(readLink(networkEnvironment({ ...unshaped, latencyMs: 50, jitterMs: 0.5 })), {
      latencyMs: 50,
      jitterMs: 0.5,
      bandwidthBps: 0,
    })
  })

  test('refuses a plan without a program, and one whose program is not built', async () => {
    const { spec, plan, packaging } = await specOf()
    const without = { ...plan, manifest: { ...plan.manifest, program: null } }
    const unbuilt = { ...plan, manifest: { ...plan.manifest, program: join('dist', 'none.js') } }
    assert.match(refuse(spec, without, packaging)[0] ?? '', /plan foreign: it brings no program/)
    assert.match(refuse(spec, unbuilt, packaging)[0] ?? '', /dist\/none.js is not there; build it/)
    assert.equal(refuse(spec, plan, packaging), [])
  })

  test('says that it holds no instance to its resources', async () => {
    const { spec, plan, packaging } = await specOf()
    const bounded = { memoryBytes: 1, cpus: null }
    const groups = Object.entries(packaging.groups).map(([id, group]) => [id, { ...group, resources: bounded }])
    const said: string[] = []
    const { signal } = new AbortController()
    const prepared = (packed: typeof packaging) =>
      prepare(spec, { plan, packaging: packed, signal, onNotice: (text) => said.push(text) })
    await prepared(packaging)
    assert.equal(said, [])
    await prepared({ ...packaging, groups: Object.fromEntries(groups) })
    assert.equal(said, ['runner exec holds no instance to its resources: those of a, b are passed over'])
  })

  test('is what local:exec means; a cluster is absent and other names are unknown', async () => {
    assert.is((await harnessOf('local:exec')).name, 'exec')
    await harnessOf('cluster:k8s').then(
      () => assert.unreachable(),
      (error) => assert.is(error.name, 'AbsentError'),
    )
    await harnessOf('exce').then(
      () => assert.unreachable(),
      (error) => assert.match(error.message, /write one of sim, exec/),
    )
  })
})
