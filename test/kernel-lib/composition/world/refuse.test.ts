import * as assert from 'uvu/assert'
import { describe } from '../../../suite.ts'
import { refusal, resolveToy } from '../toy.ts'

const head = 'plan = "toy"\ncase = "find"\n'
const two = `${head}[[groups]]\nid = "alpha"\ncount = 2\n[[groups]]\nid = "beta"\ncount = 2\n`

/** The lines that a network beside two groups is refused with. */
const network = (text: string): readonly string[] =>
  refusal(() => resolveToy(`${two}${text}`))
    .replace(/^c\.toml: (\d+ problems\n {2})?/, '')
    .split('\n  ')
/** The lines that the tables of one group are refused with. */
const group = (text: string): readonly string[] =>
  refusal(() => resolveToy(`${head}[[groups]]\nid = "a"\ncount = 2\n${text}`))
    .replace(/^c\.toml: (\d+ problems\n {2})?/, '')
    .split('\n  ')

describe('a time is refused', (test) => {
  const join = (value: string) => group(`[groups.life]\njoin_secs = ${value}\n`)

  test('where it is negative, or no time', () => {
    assert.equal(join('-1'), ['group "a".life.join_secs: is -1; write a number of at least 0'])
    assert.equal(join('"soon"'), [
      'group "a".life.join_secs: is the text "soon"; write a number, or { distribution = "uniform", from = 1, to = 9 }',
    ])
    assert.equal(group('[groups.life]\nsession_secs = 0\n'), [
      'group "a".life.session_secs: is 0; write a number above 0',
    ])
  })

  test('where its distribution is unknown, or lacks a number, or has a foreign one', () => {
    assert.equal(join('{ from = 0, to = 1 }'), [
      'group "a".life.join_secs.distribution: is missing; write distribution = "uniform"',
    ])
    assert.equal(join('{ distribution = "unifrom", from = 0, to = 1 }'), [
      'group "a".life.join_secs.distribution: unknown distribution "unifrom"; did you mean uniform? distributions: uniform, exponential, lognormal, weibull, recorded',
    ])
    assert.equal(join('{ distribution = "exponential", median = 3 }'), [
      'group "a".life.join_secs.mean: is missing; write mean = 1',
      'group "a".life.join_secs.median: unknown key; did you mean mean?',
      'keys of group "a".life.join_secs: distribution, mean',
    ])
  })

  test('where its numbers cannot be', () => {
    assert.equal(join('{ distribution = "uniform", from = 3, to = 1 }'), [
      'group "a".life.join_secs.to: is 1, below from (3); write the larger one as to',
    ])
    assert.equal(join('{ distribution = "lognormal", median = 0, sigma = -1 }'), [
      'group "a".life.join_secs.median: is 0; write a number above 0',
      'group "a".life.join_secs.sigma: is -1; write a number of at least 0',
    ])
    assert.equal(join('{ distribution = "recorded", values = [] }'), [
      'group "a".life.join_secs.values: has no number; write times that were measured',
    ])
    assert.equal(join('{ distribution = "recorded", values = [1, -1] }'), [
      'group "a".life.join_secs.values[1]: is -1; write a number of at least 0',
    ])
  })
})

describe('a network is refused', (test) => {
  const regions = (text: string) => network(`[network.regions]\n${text}`)

  test('with latencies of two kinds', () => {
    const matrix = '[network.regions]\nnames = ["eu"]\nlatency_ms = [[1]]\n'
    assert.equal(network(`[network]\nlatency_ms = 5\n${matrix}`), [
      'network.latency_ms: stands beside regions, which have latencies of their own; write one of them',
    ])
  })

  test('with a matrix that is not square, or of another size than names', () => {
    assert.equal(regions('names = ["eu", "us"]\nlatency_ms = [[1, 2]]\n'), [
      'network.regions.latency_ms: has 1 row for 2 names; write 2 rows of 2 numbers, ms one way, in the order of names',
    ])
    assert.equal(regions('names = ["eu", "us"]\nlatency_ms = [[1, 2], [3]]\n'), [
      'network.regions.latency_ms[1]: has 1 number for 2 names; write 2 rows of 2 numbers, ms one way, in the order of names',
    ])
    assert.equal(regions('names = ["eu", "us"]\nlatency_ms = [[1, -2], [3, 4]]\n'), [
      'network.regions.latency_ms[0][1]: is -2; write a number of at least 0',
    ])
    assert.equal(regions('names = ["eu", "eu"]\nlatency_ms = [[1, 2], [3, 4]]\n'), [
      'network.regions.names: "eu" stands more than once; give each region a name of its own',
    ])
    assert.equal(regions(''), [
      'network.regions.names: there is none; write names = ["eu", "us"], or file = "matrix.csv"',
    ])
  })

  test('with shares that do not sum to 1, or of another number', () => {
    const matrix = 'names = ["eu", "us"]\nlatency_ms = [[1, 2], [3, 4]]\n'
    assert.equal(regions(`${matrix}shares = [0.5, 0.4]\n`), [
      'network.regions.shares: sum to 0.9; write shares that sum to 1',
    ])
    assert.equal(regions(`${matrix}shares = [1.0]\n`), [
      'network.regions.shares: has 1 number for 2 names; write one for each',
    ])
    assert.equal(regions(`${matrix}shares = [1.5, -0.5]\n`), [
      'network.regions.shares[0]: is 1.5; write a number from 0 to 1',
    ])
  })

  test('with partitions of nobody, of everybody, of unknown groups, of two kinds', () => {
    const partition = (keys: string) => network(`[[network.partitions]]\n${keys}\n`)
    assert.equal(partition('for_secs = 3'), [
      'network.partitions[0].groups: is missing, and so is share; write one of them',
    ])
    assert.equal(partition('groups = ["alpha"]\nshare = 0.5'), [
      'network.partitions[0].share: stands beside groups; write one of them',
    ])
    assert.equal(partition('groups = ["alhpa"]'), [
      'network.partitions[0].groups: unknown group "alhpa"; did you mean alpha? groups: alpha, beta',
    ])
    assert.equal(partition('groups = ["beta", "alpha"]'), [
      'network.partitions[0].groups: names every group, which leaves none on the other side; write some of them, or a share',
    ])
    assert.equal(partition('groups = []'), [
      'network.partitions[0].groups: is empty; write the ids of groups, or a share',
    ])
    assert.equal(partition('share = 1.5\nfor_secs = 0\nfrom_secs = -1\nfrom_stage = ""'), [
      'network.partitions[0].share: is 1.5; write a number from 0 to 1',
      'network.partitions[0].from_stage: is empty; write the name of a stage, or remove it',
      'network.partitions[0].from_secs: is -1; write a number of at least 0',
      'network.partitions[0].for_secs: is 0; write a number above 0',
    ])
    assert.equal(partition('share = 0.5\nevery_secs = 3'), [
      'network.partitions[0].every_secs: unknown key; keys of a partition: groups, share, from_stage, from_secs, for_secs',
    ])
  })

  test('with outages that last into their own repetition', () => {
    const outage = (keys: string) => network(`[[network.outages]]\nshare = 0.1\n${keys}\n`)
    assert.equal(outage('for_secs = 5\nevery_secs = 5'), [
      'network.outages[0].every_secs: is 5, and the outage lasts 5 s; write for_secs below it',
    ])
    assert.equal(outage('every_secs = 5'), [
      'network.outages[0].every_secs: is 5, and the outage never ends; write for_secs below it',
    ])
  })
})

describe('a group is refused', (test) => {
  test('in a region that the network has not', () => {
    assert.equal(group('region = "eu"\n'), [
      'group "a".region: is "eu", and the network has no regions; write [network.regions] too',
    ])
    assert.equal(group('region = "eu"\n[network.regions]\nnames = ["us"]\nlatency_ms = [[1]]\n'), [
      'group "a".region: unknown region "eu"; regions of the network: us',
    ])
  })

  test('with a reach that is half said', () => {
    assert.equal(group('[groups.reach]\nopen_secs = 3\n'), [
      'group "a".reach.closed_secs: is missing beside open_secs; write both, or none',
    ])
    assert.equal(group('[groups.reach]\nnat = "triple"\naccepts_share = 2\nbehind = 2.5\n'), [
      'group "a".reach.nat: unknown nat "triple"',
      'group "a".reach.behind: is 2.5; write a whole number of at least 1',
      'group "a".reach.accepts_share: is 2; write a number from 0 to 1',
      'values of nat: none, single, double',
    ])
    assert.equal(group('[groups.reach]\nbehind = 4\n'), [
      'group "a".reach.behind: is 4 without a router; write nat = "single" too, or remove it',
    ])
  })

  test('with a life that is half said', () => {
    assert.equal(group('[groups.life]\ndown_secs = 60\nnew_address = true\nfrom_stage = "measure"\n'), [
      'group "a".life.down_secs: stands where nothing crashes; write session_secs or crash_share too, or remove it',
      'group "a".life.from_stage: stands where nothing crashes; write session_secs or crash_share too, or remove it',
    ])
    assert.equal(group('[groups.life]\ncrash_share = 0.5\n'), [
      'group "a".life.crash_every_secs: is missing beside crash_share; write both, or none',
    ])
    assert.equal(group('[groups.life]\nsession_secs = 5\nnew_address = true\n'), [
      'group "a".life.new_address: stands where nobody comes back; write down_secs too, or remove it',
    ])
  })

  test('with a clock that runs at another speed altogether', () => {
    assert.equal(group('[groups.clock]\ndrift_ppm = 1e6\n'), [
      'group "a".clock.drift_ppm: is 1000000; write a number from -100000 to 100000',
    ])
  })
})
