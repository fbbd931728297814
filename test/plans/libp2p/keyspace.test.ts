import { peerIdFromString } from '@libp2p/peer-id'
import * as assert from 'uvu/assert'
import { commonPrefixLength, compareDistance, keyOfBytes, keyOfPeer, toHex } from '../../../plans/libp2p/keyspace.ts'
import { describe } from '../../suite.ts'

const key = (hex: string): Uint8Array => Buffer.from(hex.padEnd(64, '0'), 'hex')

describe('key space', (test) => {
  test('a key is the SHA-256 of the bytes', () => {
    assert.is(
      toHex(keyOfBytes(new TextEncoder().encode('abc'))),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('a peer’s key is the SHA-256 of its multihash', () => {
    const peer = peerIdFromString('12D3KooWK8LifDUN7Sufv5nxG7PAuP8umShGVAUxjY11ASFWcxDh')
    assert.is(toHex(keyOfPeer(peer)), toHex(keyOfBytes(peer.toMultihash().bytes)))
  })

  test('common prefixes are counted in bits', () => {
    assert.is(commonPrefixLength(key('80'), key('00')), 0)
    assert.is(commonPrefixLength(key('01'), key('00')), 7)
    assert.is(commonPrefixLength(key('0080'), key('0000')), 8)
    assert.is(commonPrefixLength(key('0001'), key('0003')), 14)
    assert.is(commonPrefixLength(key('ff'), key('ff')), 256)
  })

  test('nearer is by XOR and not by difference', () => {
    assert.ok(compareDistance(key('80'), key('ff'), key('7f')) < 0)
    assert.ok(compareDistance(key('00'), key('0002'), key('0001')) > 0)
    assert.is(compareDistance(key('12'), key('34'), key('34')), 0)
  })
})
