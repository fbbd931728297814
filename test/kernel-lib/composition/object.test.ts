import * as assert from 'uvu/assert'
import type { Composition } from '../../../kernel-lib/composition/composition.ts'
import { specHash } from '../../../kernel-lib/composition/hash.ts'
import { readObject } from '../../../kernel-lib/composition/read-composition.ts'
import { resolve } from '../../../kernel-lib/composition/resolve.ts'
import { describe } from '../../suite.ts'
import { refusal, resolveToy, toy } from './toy.ts'

const composition: Composition = {
  plan: 'toy',
  case: 'find',
  timeoutSecs: 30,
  params: { alpha: 4 },
  groups: [{ id: 'nodes', count: 8, params: { walk: true } }],
  network: { latencyMs: 20 },
}

describe('a composition as an object', (test) => {
  test('is the same experiment as its TOML', () => {
    const { specs, source } = resolve(readObject(composition), toy)
    const again = resolveToy(source)
    assert.equal(again.specs, specs)
    assert.is(specHash(again.specs[0] as never), specHash(specs[0] as never))
    assert.is(specs[0]?.timeoutMs, 30_000)
  })

  test('is refused in its own spelling', () => {
    const wrong = { ...composition, timeoutSecs: 'long', network: { latency: 3, lossRate: 1 }, seed: undefined }
    assert.equal(refusal(() => resolve(readObject(wrong as never), toy)).split('\n'), [
      'composition: 3 problems',
      '  timeoutSecs: is the text "long"; write a number of at least 1',
      '  network.latency: unknown key; did you mean latencyMs?',
      '  network.lossRate: unknown key',
      '  keys of network: latencyMs, jitterMs, bandwidthBps, loss, corrupt, reorder, duplicate, regions, partitions, outages',
    ])
  })
})
