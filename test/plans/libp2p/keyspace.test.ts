import { createHash } from 'node:crypto'
import { peerIdFromString } from '@libp2p/peer-id'
import * as assert from 'uvu/assert'
import { keyOfPeer } from '../../../plans/libp2p/keyspace.ts'
import { toHex } from '../../../plans/sdk/keyspace.ts'
import { describe } from '../../suite.ts'

describe('keys of peers', (test) => {
  test('a peer’s key is the SHA-256 of its multihash', () => {
    const peer = peerIdFromString('12D3KooWK8LifDUN7Sufv5nxG7PAuP8umShGVAUxjY11ASFWcxDh')
    assert.is(toHex(keyOfPeer(peer)), createHash('sha256').update(peer.toMultihash().bytes).digest('hex'))
  })
})
