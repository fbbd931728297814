import * as assert from 'uvu/assert'
import type { Composition } from '../../../../kernel-lib/composition/composition.ts'
import { instanceCount, nodeCount, populationGroups } from '../../../../kernel-lib/composition/groups.ts'
import { specHash } from '../../../../kernel-lib/composition/hash.ts'
import { readComposition } from '../../../../kernel-lib/composition/read.ts'
import { readObject } from '../../../../kernel-lib/composition/read-composition.ts'
import { resolve } from '../../../../kernel-lib/composition/resolve.ts'
import { repetitionSeed, withSeed } from '../../../../kernel-lib/composition/seed.ts'
import { membersOf } from '../../../../kernel-lib/harness/instances/members.ts'
import { describe } from '../../../suite.ts'
import { refusal, resolveToy, toy } from '../toy.ts'
import { warmStart } from '../warm-start.ts'

const head = 'plan = "toy"\ncase = "find"\n'
const start = (words = 'tables = "kademlia"'): string => `[start]\n${words}\n`
const asking = '[[groups]]\nid = "asking"\ncount = 5\n'
const open = '[[groups]]\nid = "open"\nshare = 0.05\nprogram = false\n'
const closed = '[[groups]]\nid = "closed"\nshare = 0.95\nprogram = false\nreach = { nat = "single" }\n'
const warm = `${head}total = 1005\n${start()}${asking}${open}${closed}`
const specOf = (text: string) => {
  const [spec] = resolveToy(text).specs
  if (spec === undefined) throw new Error('there is no spec')
  return spec
}

describe('a composition that begins warm', (test) => {
  test('has what it says, and defaults for the rest', () => {
    assert.equal(specOf(warm).start, warmStart)
    const words = 'tables = "trie"\nfill = 0.73\nneighbourhood = 0.97\nstale = 0.1\nprefix_length = 6\nseed = 7'
    assert.equal(specOf(`${head}total = 1005\n${start(words)}${asking}${open}${closed}`).start, {
      tables: 'trie',
      fill: 0.73,
      neighbourhood: 0.97,
      stale: 0.1,
      prefixLength: 6,
      seed: 7,
      recorded: null,
    })
  })

  test('gives shares of what counts leave of the total to groups that run no program', () => {
    const spec = specOf(warm)
    assert.equal(
      spec.groups.map(({ id, count, program }) => [id, count, program]),
      [
        ['asking', 5, true],
        ['open', 50, false],
        ['closed', 950, false],
      ],
    )
    assert.equal([instanceCount(spec), nodeCount(spec)], [5, 1005])
    assert.equal(
      populationGroups(spec).map(({ id, reach }) => [id, reach.nat]),
      [
        ['open', 'none'],
        ['closed', 'single'],
      ],
    )
  })

  test('has its instances first, wherever their groups stand', () => {
    const members = membersOf(specOf(`${head}total = 1005\n${start()}${open}${closed}${asking}`))
    assert.equal(
      members.map(({ group, index, seq }) => [group.id, index, seq]),
      [0, 1, 2, 3, 4].map((index) => ['asking', index, index + 1]),
    )
  })

  test('may have no population: then all its nodes are instances', () => {
    assert.equal(specOf(`${head}${start()}${asking}`).start, warmStart)
  })

  test('draws tables anew for each repetition, unless it names their seed', () => {
    const seeds = (words?: string) =>
      resolveToy(`seed = 7\nrepetitions = 2\n${head}${start(words)}${asking}`).specs.map((spec) => spec.start?.seed)
    assert.equal(seeds(), [7, repetitionSeed(7, 1)])
    assert.equal(seeds('tables = "random"\nseed = 3'), [3, 3])
    assert.is(withSeed(specOf(warm), 9).start?.seed, 9)
    assert.is(withSeed(specOf(warm.replace('[start]', '[start]\nseed = 3')), 9).start?.seed, 3)
  })

  test('is of as many nodes as are said beside it', () => {
    const [spec] = resolveToy(warm, { params: { nodes: '2005' } }).specs
    assert.equal(
      spec?.groups.map(({ count }) => count),
      [5, 100, 1900],
    )
  })

  test('counts instances alone among those that a case takes, and nodes of the population among those that it needs', () => {
    const total = (nodes: number, count: number): string =>
      `${head}total = ${nodes}\n${start()}${asking.replace('5', String(count))}${open.replace('0.05', '1')}`
    assert.is(instanceCount(specOf(total(10_000, 1))), 1)
    assert.match(
      refusal(() => resolveToy(total(10_000, 51))),
      'instances: 51 in all; case find takes 2 to 50',
    )
  })

  test('may be an object, and is told as TOML that means the same', () => {
    const composition: Composition = {
      plan: 'toy',
      case: 'find',
      total: 1005,
      start: { tables: 'trie', prefixLength: 6, fill: 0.5 },
      groups: [
        { id: 'asking', count: 5 },
        { id: 'rest', share: 1, program: false, reach: { acceptsShare: 0.5 } },
      ],
    }
    const { specs, source } = resolve(readObject(composition), toy)
    const again = resolve(readComposition(source, { file: 'c.toml', env: {}, resource: () => '' }), toy)
    assert.match(source, 'prefix_length = 6')
    assert.is(specs[0]?.start?.prefixLength, 6)
    assert.equal(again.specs.map(specHash), specs.map(specHash))
  })
})

describe('a warm start is refused', (test) => {
  const message = (words: string): string => refusal(() => resolveToy(`${head}${start(words)}${asking}`))

  test('where what it says is out of bounds', () => {
    assert.equal(message('tables = "kademlia"\nfill = 0\nneighbourhood = 1.2\nstale = 1.1\nseed = -1').split('\n'), [
      'c.toml: 4 problems',
      '  start.fill: is 0; write a number above 0 and at most 1',
      '  start.neighbourhood: is 1.2; write a number from 0 to 1',
      '  start.stale: is 1.1; write a number from 0 to 1',
      '  start.seed: is -1; write a whole number of at least 0',
    ])
    assert.match(message('tables = "kademlia"\nfill = 1.5'), 'start.fill: is 1.5; write a number above 0 and at most 1')
    assert.match(message('tables = "trie"\nprefix_length = 0.5'), 'start.prefix_length: is 0.5; write a whole number')
  })

  test('without tables that there are', () => {
    assert.is(message('fill = 1'), 'c.toml: start.tables: is missing; write tables = "kademlia"')
    assert.is(
      message('tables = "kadmelia"'),
      'c.toml: start.tables: unknown tables "kadmelia"; did you mean kademlia? tables: kademlia, trie, balanced, random, recorded',
    )
    assert.is(message('tables = 3'), 'c.toml: start.tables: is 3; write text in quotes')
    assert.match(message('tables = "random"\nfil = 1'), 'start.fil: unknown key; did you mean fill?')
  })

  test('with a depth that its tables have not, or without one where nothing says it', () => {
    assert.is(
      message('tables = "balanced"\nprefix_length = 6'),
      'c.toml: start.prefix_length: is of tables = "trie" alone, and tables = "balanced"; remove it',
    )
    assert.is(
      message('tables = "trie"'),
      'c.toml: start.prefix_length: is missing, and case find has no parameter of that name; write prefix_length = 6',
    )
  })

  test('of more nodes, and peers that are gone beside them, than tables can be drawn from', () => {
    const of = (total: number, stale: number): string =>
      refusal(() =>
        resolveToy(
          `${head}total = ${total}\n${start(`tables = "random"\nstale = ${stale}`)}${asking}${open.replace('0.05', '1')}`,
        ),
      )
    assert.is(of(3_000_000, 0), 'c.toml: groups: are 3000000 nodes in all; a warm network has at most 2097152')
    assert.is(
      of(1_048_576, 0.6),
      'c.toml: start.stale: is 0.6; 1048576 nodes and the peers that are gone are at most 2097152 together: write at most 0.5',
    )
    assert.match(of(100, 1), 'start.stale: is 1; 100 nodes')
  })

  test('where nobody runs the program', () => {
    assert.is(
      refusal(() => resolveToy(`${head}total = 10\n${start()}${open.replace('0.05', '1')}`)),
      'c.toml: groups: none runs the program; write one with count = 5 and without program = false',
    )
  })
})

describe('nodes that run no program are refused', (test) => {
  test('in a network that begins cold', () => {
    assert.is(
      refusal(() => resolveToy(`${head}total = 10\n${asking}${open.replace('0.05', '1')}`)),
      'c.toml: group "open".program: is false in a network that begins cold, where every node runs the program to join; write [start] with tables = "kademlia" too, or remove it',
    )
  })

  test('where they are to have what an instance alone has', () => {
    const group = `${open.replace('0.05', '1')}version = "next"
[groups.clock]
drift_ppm = 5
[groups.life]
join_secs = 3
session_secs = 60
down_secs = 5
new_address = true
[groups.resources]
memory = "1G"
`
    assert.equal(refusal(() => resolveToy(`${head}total = 10\n${start()}${asking}${group}`)).split('\n'), [
      'c.toml: 4 problems',
      '  group "open".clock: a node that runs no program has the clock of the network; remove it',
      '  group "open".life.new_address: a node that runs no program keeps its address; remove it',
      '  group "open".version: a node that runs no program is of the version that the instances are of; remove it',
      '  group "open".resources: a node that runs no program has no process of its own; remove it',
    ])
  })

  test('where program is no truth, or a share comes to nobody', () => {
    assert.match(
      refusal(() => resolveToy(`${head}${start()}${asking}program = "main.js"\n`)),
      'group "asking".program: is the text "main.js"; write true or false',
    )
    assert.match(
      refusal(() => resolveToy(`${head}total = 10\n${start()}${asking}${open}${closed}`)),
      'group "open": share 0.05 of 5 comes to no node; raise it or the total',
    )
  })
})
