import * as assert from 'uvu/assert'
import { specHash } from '../../../kernel-lib/composition/hash.ts'
import { repetitionSeed } from '../../../kernel-lib/composition/seed.ts'
import { plainTopology, plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import { describe } from '../../suite.ts'
import { refusal, resolveToy } from './toy.ts'

const head = 'plan = "toy"\ncase = "find"\n'
const forty = `${head}[[groups]]\nid = "nodes"\ncount = 40\n`
const counts = (text: string): number[] => resolveToy(text).specs[0]?.groups.map((group) => group.count) ?? []
const shares = (total: number, ...parts: number[]): string =>
  `${head}total = ${total}\n${parts.map((share, index) => `[[groups]]\nid = "g${index}"\nshare = ${share}\n`).join('')}`

describe('resolve', (test) => {
  test('a spec holds every parameter, typed: the group over the composition over the default', () => {
    const { specs, runner } = resolveToy(`${head}
[params]
alpha = 5
ratio = 1
[[groups]]
id = "a"
count = 3
[[groups]]
id = "b"
count = 4
role = "seeder"
version = "next"
[groups.params]
alpha = 7
walk = true
[network]
latency_ms = 50.5
bandwidth_bps = 1_000_000
corrupt = 0.001
reorder = 0.25
`)
    assert.is(runner, 'exec')
    assert.equal(specs, [
      {
        schema: 'hoplab/spec/4',
        plan: 'toy',
        case: 'find',
        seed: 1,
        groups: [
          {
            id: 'a',
            count: 3,
            program: true,
            role: '',
            version: '',
            params: { alpha: 5, walk: false, mode: 'fast', ratio: 1 },
            ...plainWorld,
          },
          {
            id: 'b',
            count: 4,
            program: true,
            role: 'seeder',
            version: 'next',
            params: { alpha: 7, walk: true, mode: 'fast', ratio: 1 },
            ...plainWorld,
          },
        ],
        network: {
          latencyMs: 50.5,
          jitterMs: 0,
          bandwidthBps: 1_000_000,
          loss: 0,
          corrupt: 0.001,
          reorder: 0.25,
          duplicate: 0,
        },
        topology: plainTopology,
        start: null,
        timeoutMs: 600_000,
      },
    ])
  })

  test('a network without a word is unshaped; reordering needs a latency, and shares are 0 to 1', () => {
    const network = (keys: string) => resolveToy(`${forty}[network]\n${keys}`).specs[0]?.network
    assert.equal(network(''), {
      latencyMs: 0,
      jitterMs: 0,
      bandwidthBps: 0,
      loss: 0,
      corrupt: 0,
      reorder: 0,
      duplicate: 0,
    })
    assert.is(
      refusal(() => network('reorder = 0.1\nduplicate = 2')),
      [
        'c.toml: 2 problems',
        '  network.duplicate: is 2; write a number from 0 to 1',
        '  network.reorder: is 0.1 without a latency; write latency_ms too, or remove it',
      ].join('\n'),
    )
  })

  test('an experiment without a network keeps its hash', () => {
    assert.is(
      specHash(resolveToy(forty).specs[0] as never),
      'c396f3a640833fbaecfe55f1ea91c60f6bfd1276202517eb2d0ed1a7b049ff53',
    )
  })

  test('repetition 0 has the seed itself, the others derived ones that never change', () => {
    const { specs } = resolveToy(`seed = 7\nrepetitions = 3\n${forty}`)
    assert.equal(
      specs.map((spec) => spec.seed),
      [7, repetitionSeed(7, 1), repetitionSeed(7, 2)],
    )
    assert.is(new Set(specs.map(specHash)).size, 3)
    assert.is(repetitionSeed(7, 1), 3_553_817_977)
  })

  test('what is said beside a composition beats it, groups and all', () => {
    const { specs, runner, source } = resolveToy(`${forty}[groups.params]\nalpha = 7\n`, {
      params: { alpha: '9', walk: 'true', nodes: '12', repetitions: '2' },
      seed: 5,
      runner: 'local:docker',
    })
    assert.equal([specs.length, specs[0]?.seed, runner], [2, 5, 'docker'])
    assert.equal(specs[0]?.groups[0]?.count, 12)
    assert.equal(specs[0]?.groups[0]?.params, { alpha: 9, walk: true, mode: 'fast', ratio: 0.5 })
    assert.match(source, /^# run with -p alpha="9" .* --seed 5 --runner local:docker\nplan = "toy"/)
  })

  test('shares that sum to one always add up', () => {
    assert.equal(counts(shares(50, 0.25, 0.25, 0.5)), [13, 12, 25])
    assert.equal(counts(shares(40, 0.333, 0.333, 0.334)), [13, 13, 14])
    assert.equal(counts(`${shares(20, 0.5)}[[groups]]\nid = "rest"\ncount = 10\n`), [10, 10])
  })

  test('nodes is the total where every group is a share of it', () => {
    assert.equal(
      resolveToy(shares(40, 0.25, 0.75), { params: { nodes: '20' } }).specs[0]?.groups.map((group) => group.count),
      [5, 15],
    )
  })

  test('an instance gets a minute more than the program gives itself, or what is written', () => {
    const wait = 'plan = "toy"\ncase = "wait"\n[params]\nmust = 1\n[[groups]]\nid = "a"\ncount = 1\n'
    assert.is(resolveToy(wait).specs[0]?.timeoutMs, 960_000)
    assert.is(resolveToy(wait, { params: { timeout_secs: '30' } }).specs[0]?.timeoutMs, 90_000)
    assert.is(resolveToy(`timeout_secs = 1.5\n${wait}`).specs[0]?.timeoutMs, 1500)
  })
})

describe('resolve refuses', (test) => {
  test('everything at once, with what is allowed', () => {
    const message = refusal(() =>
      resolveToy(`
plan = "toy"
case = "find"
runer = "exec"
seed = -1
[params]
alpah = 3
walk = "true"
[[groups]]
id = "a"
count = 3
role = "seedr"
[groups.params]
alpha = 21
mode = "fats"
[[groups]]
id = "b/c"
count = 1
share = 0.5
[network]
loss = 3
`),
    )
    assert.equal(message.split('\n'), [
      'c.toml: 11 problems',
      '  seed: is -1; write a whole number of at least 0',
      '  network.loss: is 3; write a number from 0 to 1',
      '  group "b/c".id: names a folder; write letters, digits, "_", "-" and "."',
      '  group "b/c": has both count and share; write one of them',
      '  runer: unknown key; did you mean runner?',
      '  total: is missing, and b/c would be a share of it; write total = 40',
      '  group "a".role: unknown role "seedr"; did you mean seeder?',
      '  params.alpah: unknown parameter; did you mean alpha?',
      '  group "a".params.alpha: is 21; write a whole number from 1 to 20',
      '  params.walk: is the text "true"; write true or false',
      '  group "a".params.mode: is the text "fats"; did you mean fast? it takes fast, slow',
      '  keys of a composition: plan, case, runner, seed, repetitions, timeout_secs, network, start, build, builder, docker, total, params, groups',
      '  roles of case find: seeder',
      '  parameters of case find: alpha, walk, mode, ratio',
    ])
  })

  test('sums that do not add up, saying what they come to', () => {
    assert.is(
      refusal(() => resolveToy(`total = 50\n${forty}`)),
      'c.toml: total: is 50, and the groups come to 40 (nodes 40); write total = 40 or leave it out',
    )
    assert.match(
      refusal(() => resolveToy(shares(40, 0.25, 0.5))),
      'c.toml: total: is 40, and the groups come to 30 (g0 10 + g1 20); write counts and shares that come to the total',
    )
    assert.match(
      refusal(() => resolveToy(shares(40, 1, 0.001))),
      'group "g1": share 0.001 of 40 comes to no instance',
    )
  })

  test('an unknown case, runner, version and too many instances', () => {
    assert.is(
      refusal(() => resolveToy(forty.replace('"find"', '"fnid"'))),
      'c.toml: case: unknown case "fnid"; did you mean find? cases of plan toy: find, wait',
    )
    assert.match(
      refusal(() => resolveToy(`runner = "dcoker"\n${forty}`)),
      'runner: unknown runner "dcoker"; did you mean docker? there are exec, docker, sim, local:exec, local:docker, cluster:*',
    )
    assert.is(
      refusal(() => resolveToy(`${forty}version = "old"\n`)),
      'c.toml: group "nodes".version: unknown version "old"; versions of plan toy: next',
    )
    assert.is(
      refusal(() => resolveToy(forty.replace('40', '51'))),
      'c.toml: instances: 51 in all; case find takes 2 to 50',
    )
  })

  test('a parameter without default that nobody gives', () => {
    assert.is(
      refusal(() => resolveToy('plan = "toy"\ncase = "wait"\n[[groups]]\nid = "a"\ncount = 1\n')),
      'c.toml: group "a".params.must: is missing and has no default; write a whole number',
    )
  })

  test('overrides that do not fit', () => {
    const message = refusal(() =>
      resolveToy(`${forty}[[groups]]\nid = "more"\ncount = 2\n`, {
        params: { alpha: 'three', nodes: '20', alhpa: '1', repetitions: '0' },
        seed: 1.5,
      }),
    )
    assert.equal(message.split('\n'), [
      'c.toml: 5 problems',
      '  -p nodes: does not say which of nodes, more to count; write shares and a total in the composition',
      '  -p repetitions: is "0"; write a whole number of at least 1',
      '  seed: is "1.5"; write a whole number of at least 0',
      '  -p alhpa: unknown parameter; did you mean alpha?',
      '  -p alpha: is the text "three"; write a whole number from 1 to 20',
      '  parameters of case find: alpha, walk, mode, ratio',
    ])
  })

  test('malformed TOML with file, line, column and what to write', () => {
    assert.match(
      refusal(() => resolveToy('plan = "toy"\ncase = find\n')),
      /^c\.toml:2:8: .*; write text in quotes \(name = "text"\), numbers and true or false bare\n1: {2}plan = "toy"\n2: {2}case = find\n/,
    )
    assert.match(
      refusal(() => resolveToy('plan = "toy"\nplan = "toy"\n')),
      /^c\.toml:2:1: .*may stand once/,
    )
    assert.match(
      refusal(() => resolveToy('plan = "toy\ncase = "find"\n')),
      /^c\.toml:1:\d+: .*close the quotes/,
    )
    assert.match(
      refusal(() => resolveToy('[[groups]\nid = "a"\n')),
      /^c\.toml:1:\d+: .*close every \[/,
    )
  })

  test('the same group twice, none at all, and values of the wrong kind', () => {
    assert.match(
      refusal(() => resolveToy(`${forty}[[groups]]\nid = "nodes"\ncount = 2\n`)),
      'group "nodes": stands more than once',
    )
    assert.match(
      refusal(() => resolveToy(head)),
      'groups: there is none; write [[groups]]',
    )
    assert.match(
      refusal(() => resolveToy(`groups = 3\n${head}`)),
      'groups: is 3; write tables, [[groups]]',
    )
    assert.match(
      refusal(() => resolveToy(`${head}params = []\n[[groups]]\nid = 3\ncount = 2.5\n`)),
      'params: is a list; write a table, [params]',
    )
  })
})
