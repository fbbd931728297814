import * as assert from 'uvu/assert'
import { canonicalJson, specHash } from '../../../kernel-lib/composition/hash.ts'
import { describe } from '../../suite.ts'
import { resolveToy } from './toy.ts'

describe('canonical JSON', (test) => {
  test('sorts keys at every depth and keeps the order of lists', () => {
    assert.is(
      canonicalJson({ b: [{ d: 1, c: 'é"' }, null], a: { z: true, y: -0.5 } }),
      '{"a":{"y":-0.5,"z":true},"b":[{"c":"é\\"","d":1},null]}',
    )
  })

  test('has no form for what JSON cannot hold', () => {
    assert.throws(() => canonicalJson({ a: Number.NaN }), /NaN has no JSON/)
    assert.throws(() => canonicalJson([() => 1]), /function has no JSON/)
  })

  test('the hash of a spec does not depend on the order in which it was written', () => {
    const one = resolveToy(
      'plan = "toy"\ncase = "find"\n[params]\nalpha = 4\nwalk = true\n[[groups]]\nid = "a"\ncount = 2\n',
    )
    const two = resolveToy(
      'case = "find"\nplan = "toy"\n[[groups]]\ncount = 2\nid = "a"\n[groups.params]\nwalk = true\nalpha = 4\n',
    )
    assert.is(specHash(one.specs[0] as never), specHash(two.specs[0] as never))
    assert.match(specHash(one.specs[0] as never), /^[0-9a-f]{64}$/)
  })
})
