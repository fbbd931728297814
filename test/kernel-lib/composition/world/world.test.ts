import * as assert from 'uvu/assert'
import type { Composition } from '../../../../kernel-lib/composition/composition.ts'
import { specHash } from '../../../../kernel-lib/composition/hash.ts'
import { readObject } from '../../../../kernel-lib/composition/read-composition.ts'
import { resolve } from '../../../../kernel-lib/composition/resolve.ts'
import type { RunSpec } from '../../../../kernel-lib/composition/spec.ts'
import { plainLife, plainReach, plainTopology, plainWorld } from '../../../../kernel-lib/composition/world/plain.ts'
import { describe } from '../../../suite.ts'
import { resolveToy, toy } from '../toy.ts'

const head = 'plan = "toy"\ncase = "find"\n'
const two = `${head}[[groups]]\nid = "a"\ncount = 2\n[[groups]]\nid = "b"\ncount = 2\n`

const specOf = (text: string): RunSpec => resolveToy(text).specs[0] as RunSpec
const topologyOf = (network: string) => specOf(`${two}${network}`).topology
const groupOf = (keys: string) => specOf(`${head}[[groups]]\nid = "a"\ncount = 2\n${keys}`).groups[0]

const whole = `${head}
[network]
bandwidth_bps = 1_000_000
reorder = 0.1
[network.regions]
names = ["eu", "us"]
latency_ms = [[10, 45], [45.5, 8]]
shares = [0.75, 0.25]
[[network.partitions]]
groups = ["a"]
from_stage = "measure the rest"
from_secs = 60
for_secs = 60
[[network.partitions]]
share = 0.5
[[network.outages]]
share = 0.1
from_secs = 10
for_secs = 5
every_secs = 30
[[groups]]
id = "a"
count = 2
region = "eu"
[groups.reach]
nat = "double"
behind = 4
accepts_share = 0.8
open_secs = 60
closed_secs = { distribution = "exponential", mean = 30 }
[groups.life]
join_secs = { distribution = "uniform", from = 0, to = 30 }
session_secs = { distribution = "weibull", scale = 3600, shape = 0.5 }
down_secs = { distribution = "recorded", values = [1, 2.5] }
crash_share = 0.1
crash_every_secs = 30
from_stage = "measure"
from_secs = 5
new_address = true
silent = true
[groups.clock]
skew_ms = { distribution = "uniform", from = -200, to = 200 }
drift_ppm = 50
[[groups]]
id = "b"
count = 2
`

const object: Composition = {
  plan: 'toy',
  case: 'find',
  network: {
    bandwidthBps: 1_000_000,
    reorder: 0.1,
    regions: {
      names: ['eu', 'us'],
      latencyMs: [
        [10, 45],
        [45.5, 8],
      ],
      shares: [0.75, 0.25],
    },
    partitions: [{ groups: ['a'], fromStage: 'measure the rest', fromSecs: 60, forSecs: 60 }, { share: 0.5 }],
    outages: [{ share: 0.1, fromSecs: 10, forSecs: 5, everySecs: 30 }],
  },
  groups: [
    {
      id: 'a',
      count: 2,
      region: 'eu',
      reach: {
        nat: 'double',
        behind: 4,
        acceptsShare: 0.8,
        openSecs: 60,
        closedSecs: { distribution: 'exponential', mean: 30 },
      },
      life: {
        joinSecs: { distribution: 'uniform', from: 0, to: 30 },
        sessionSecs: { distribution: 'weibull', scale: 3600, shape: 0.5 },
        downSecs: { distribution: 'recorded', values: [1, 2.5] },
        crashShare: 0.1,
        crashEverySecs: 30,
        fromStage: 'measure',
        fromSecs: 5,
        newAddress: true,
        silent: true,
      },
      clock: { skewMs: { distribution: 'uniform', from: -200, to: 200 }, driftPpm: 50 },
    },
    { id: 'b', count: 2 },
  ],
}

describe('a network and the life of nodes', (test) => {
  test('stand in the spec, all times in ms, whatever was left out plain', () => {
    const { topology, groups, network } = specOf(whole)
    assert.equal(topology, {
      pairLatency: null,
      regions: {
        names: ['eu', 'us'],
        latencyMs: [
          [10, 45],
          [45.5, 8],
        ],
        shares: [0.75, 0.25],
      },
      partitions: [
        { groups: ['a'], share: null, from: { stage: 'measure the rest', ms: 60_000 }, forMs: 60_000 },
        { groups: [], share: 0.5, from: { stage: null, ms: 0 }, forMs: null },
      ],
      outages: [{ groups: [], share: 0.1, from: { stage: null, ms: 10_000 }, forMs: 5000, everyMs: 30_000 }],
    })
    assert.equal([network?.latencyMs, network?.bandwidthBps, network?.reorder], [0, 1_000_000, 0.1])
    const [a, b] = groups
    assert.is(a?.region, 'eu')
    assert.equal(a?.reach, {
      nat: 'double',
      behind: 4,
      acceptsShare: 0.8,
      openMs: { kind: 'constant', ms: 60_000 },
      closedMs: { kind: 'exponential', meanMs: 30_000 },
    })
    assert.equal(a?.life, {
      join: { kind: 'uniform', fromMs: 0, toMs: 30_000 },
      session: { kind: 'weibull', scaleMs: 3_600_000, shape: 0.5 },
      down: { kind: 'recorded', ms: [1000, 2500] },
      crashes: { share: 0.1, everyMs: 30_000 },
      from: { stage: 'measure', ms: 5000 },
      newAddress: true,
      silent: true,
    })
    assert.equal(a?.clock, { skewMs: { kind: 'uniform', fromMs: -200, toMs: 200 }, driftPpm: 50 })
    if (b === undefined) throw new Error('the spec has no second group')
    const { region, reach, life, clock } = b
    assert.equal({ region, reach, life, clock }, plainWorld)
  })

  test('are the same experiment as an object, which writes itself as TOML', () => {
    const { specs, source } = resolve(readObject(object), toy)
    assert.equal(specs[0], specOf(whole))
    assert.equal(specOf(source), specOf(whole))
  })

  test('a latency is a number that all links have, or a distribution drawn for each pair', () => {
    const text = '[network]\nlatency_ms = { distribution = "lognormal", median = 40, sigma = 0.5 }\nreorder = 0.1\n'
    assert.equal(topologyOf(text), {
      ...plainTopology,
      pairLatency: { kind: 'lognormal', medianMs: 40, sigma: 0.5 },
    })
    assert.is(specOf(`${two}${text}`).network?.latencyMs, 0)
    const plain = specOf(`${two}[network]\nlatency_ms = 40\n`)
    assert.equal([plain.network?.latencyMs, plain.topology], [40, plainTopology])
  })

  test('instances are dealt to regions evenly unless shares say otherwise, which sum to exactly 1', () => {
    const three = '[network.regions]\nnames = ["x", "y", "z"]\nlatency_ms = [[1, 2, 3], [2, 1, 3], [3, 3, 1]]\n'
    assert.equal(topologyOf(three).regions?.shares, [1 / 3, 1 / 3, 1 / 3])
    const rounded = topologyOf(`${three}shares = [0.333, 0.333, 0.333]\n`).regions?.shares ?? []
    assert.is(rounded.length, 3)
    assert.ok(Math.abs(rounded.reduce((all, share) => all + share, 0) - 1) < 1e-12)
  })

  test('tables that say nothing are plain, and do not change the hash of an experiment', () => {
    const group = groupOf('[groups.reach]\n[groups.life]\njoin_secs = 0\n[groups.clock]\ndrift_ppm = 0\n')
    assert.equal([group?.reach, group?.life, group?.clock], [plainReach, plainLife, null])
    const hash = (keys: string) => specHash(specOf(`${head}[[groups]]\nid = "a"\ncount = 2\n${keys}`))
    assert.is(hash('[groups.reach]\nbehind = 1\n'), hash(''))
    const changed = [
      '[groups.reach]\nnat = "single"\n',
      '[groups.life]\njoin_secs = 1\n',
      '[groups.clock]\nskew_ms = -1\n',
    ]
    assert.is(new Set(['', ...changed].map(hash)).size, 4)
  })
})

describe('the runner of a composition that names none', (test) => {
  const draft = { plan: 'toy', case: 'find', groups: [{ id: 'a', count: 2 }] }
  const simulated = { ...toy, simulates: true }

  test('is the simulator where the plan can be simulated, else processes', () => {
    assert.is(toy.simulates, false)
    assert.is(resolve(readObject(draft), toy).runner, 'exec')
    assert.is(resolve(readObject(draft), simulated).runner, 'sim')
  })

  test('is beaten by what is named in it or beside it', () => {
    assert.is(resolve(readObject({ ...draft, runner: 'docker' }), simulated).runner, 'docker')
    assert.is(resolve(readObject(draft), simulated, { runner: 'exec' }).runner, 'exec')
  })
})
