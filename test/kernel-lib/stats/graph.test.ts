import * as assert from 'uvu/assert'
import { strongComponents, weakComponents } from '../../../kernel-lib/stats/routing/graph/components.ts'
import { distancesFrom } from '../../../kernel-lib/stats/routing/graph/distances.ts'
import { graphOf, inDegrees, outDegrees } from '../../../kernel-lib/stats/routing/graph/graph.ts'
import { seededRandom } from '../../../kernel-lib/stats/sample/random.ts'
import { describe } from '../../suite.ts'

describe('graph', (test) => {
  test('counts an edge once and a loop never', () => {
    const graph = graphOf(3, [
      [0, 1],
      [0, 1],
      [1, 1],
      [2, 1],
    ])
    assert.equal(outDegrees(graph), [1, 0, 1])
    assert.equal(inDegrees(graph), [0, 2, 0])
  })

  test('two rings joined one way are one weak and two strong components', () => {
    const graph = graphOf(6, [
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 3],
      [3, 4],
      [4, 3],
    ])
    assert.equal(weakComponents(graph), [[0, 1, 2, 3, 4], [5]])
    assert.equal(strongComponents(graph), [[0, 1, 2], [3, 4], [5]])
  })

  test('a chain of 200,000 vertices is no problem for strong components', () => {
    const size = 200_000
    const graph = graphOf(
      size,
      Array.from({ length: size }, (_, v) => [v, (v + 1) % size] as [number, number]),
    )
    assert.is(strongComponents(graph).length, 1)
  })

  test('strong components are the sets that reach each other, in random graphs', () => {
    const random = seededRandom(2)
    for (let round = 0; round < 30; round++) {
      const size = 12
      const edges = Array.from({ length: 18 }, () => [pick(random, size), pick(random, size)] as [number, number])
      const graph = graphOf(size, edges)
      const reach = reachability(size, edges)
      const label = new Map(strongComponents(graph).flatMap((members, i) => members.map((v) => [v, i] as const)))
      for (let a = 0; a < size; a++)
        for (let b = 0; b < size; b++)
          assert.is(label.get(a) === label.get(b), (reach[a]?.[b] && reach[b]?.[a]) as boolean)
    }
  })

  test('a ring of five has diameter 4 and a mean distance of 2.5', () => {
    const ring = graphOf(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 0],
    ])
    const found = distancesFrom(ring, [0, 1, 2, 3, 4])
    assert.is(found.diameter, 4)
    assert.equal(found.means, [2.5, 2.5, 2.5, 2.5, 2.5])
    assert.equal(found.byLength, [0, 5, 5, 5, 5])
  })

  test('an empty graph has no components and no diameter', () => {
    assert.equal(weakComponents(graphOf(0, [])), [])
    assert.is(distancesFrom(graphOf(0, []), []).diameter, null)
  })
})

function pick(random: () => number, below: number): number {
  return Math.floor(random() * below)
}

function reachability(size: number, edges: readonly [number, number][]): boolean[][] {
  const reach = Array.from({ length: size }, (_, a) => Array.from({ length: size }, (_, b) => a === b))
  for (const [a, b] of edges) (reach[a] as boolean[])[b] = true
  for (let via = 0; via < size; via++)
    for (const row of reach)
      if (row[via]) for (let b = 0; b < size; b++) row[b] ||= (reach[via] as boolean[])[b] as boolean
  return reach
}
