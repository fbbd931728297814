import * as assert from 'uvu/assert'
import { identityOf } from '../../../plans/libp2p/identity.ts'
import { describe } from '../../suite.ts'

const id = async (seed: number, seq: number): Promise<string> => (await identityOf(seed, seq)).peerId.toString()

describe('identity', (test) => {
  test('the same seed and place give the same peer id, everywhere and in every version', async () => {
    assert.is(await id(1, 4), '12D3KooWK8LifDUN7Sufv5nxG7PAuP8umShGVAUxjY11ASFWcxDh')
  })

  test('another seed or place gives another', async () => {
    assert.is(new Set([await id(1, 4), await id(1, 5), await id(2, 4), await id(14, 1), await id(1, 41)]).size, 5)
  })
})
