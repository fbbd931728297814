import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import * as assert from 'uvu/assert'
import { identityOf, keyOfPeer, writeIdentities } from '../../../plans/libp2p/index.ts'
import { identitiesFile, readIdentitiesHeader, toHex } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'

const { headerBytes, rowBytes, keyAt, publicKeyAt, seqAt } = identitiesFile

describe('identities', (test) => {
  test('are those that the key library of js-libp2p makes of the same seed', async () => {
    for (const seq of [1, 2, 77]) {
      const secret = createHash('sha256').update(`hoplab identity 5:${seq}`).digest()
      const theirs = await generateKeyPairFromSeed('Ed25519', secret)
      const { privateKey, peerId } = await identityOf(5, seq)
      assert.ok(privateKey.equals(theirs))
      assert.ok(peerId.equals(peerIdFromPrivateKey(theirs)))
    }
  })

  test('stand in a file by their keys, with the position that each follows from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'identities-'))
    try {
      const file = join(folder, 'ids')
      const told: number[] = []
      await writeIdentities({ seed: 5, size: 1500, file, derived: (count) => told.push(count) })
      assert.equal(readdirSync(folder), ['ids'])
      assert.is(told.at(-1), 1500)
      const bytes = readFileSync(file)
      const header = readIdentitiesHeader(bytes, file)
      const rows = bytes.subarray(headerBytes)
      assert.equal([header.seed, header.size, rows.length], [5, 1500, 1500 * rowBytes])
      assert.is(header.sha256, createHash('sha256').update(rows).digest('hex'))
      const keys = Array.from({ length: 1500 }, (_, rank) =>
        toHex(rows.subarray(rank * rowBytes + keyAt, rank * rowBytes + keyAt + 32)),
      )
      assert.equal(keys, [...keys].sort())
      const seqs = keys.map((_, rank) => rows.readUInt32LE(rank * rowBytes + seqAt))
      assert.equal(
        [...seqs].sort((a, b) => a - b),
        keys.map((_, i) => i + 1),
      )
      for (const rank of [0, 700, 1499]) {
        const { peerId } = await identityOf(5, seqs[rank] as number)
        assert.is(keys[rank], toHex(keyOfPeer(peerId)))
        const at = rank * rowBytes + publicKeyAt
        assert.equal(new Uint8Array(rows.subarray(at, at + 32)), peerId.publicKey?.raw)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('are none for a size that is none, and bytes that are no header are refused', async () => {
    const writing = writeIdentities({ seed: 1, size: 0, file: '/nowhere', derived: () => {} })
    assert.match(
      await writing.then(
        () => '',
        ({ message }: Error) => message,
      ),
      /identities of 0 nodes: write a whole number from 1 to 2097152/,
    )
    for (const text of ['', '{"schema":"hoplab/identities/0","seed":1,"size":2}', 'null'])
      assert.throws(() => readIdentitiesHeader(new TextEncoder().encode(text), 'ids.bin'), /ids.bin is no file/)
  })
})
