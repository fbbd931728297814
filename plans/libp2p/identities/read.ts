import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { identitiesFile, readIdentitiesHeader } from '@hoplab/sdk'

/** The identities of all nodes of a network, from 1 to `size`. A node takes 72 bytes. */
export interface Identities {
  readonly seed: number
  readonly size: number
  /** Position of the node whose key is at a place in rising order, from 0. */
  seqAt(place: number): number
  /** Key of a node, 32 bytes; not to be changed. */
  keyOf(seq: number): Uint8Array
  /** Ed25519 public key of a node, 32 bytes; not to be changed. */
  publicKeyOf(seq: number): Uint8Array
}

const { headerBytes, rowBytes, keyAt, publicKeyAt, seqAt } = identitiesFile

/** Reads a file of identities. @throws Error where it is none, or not as it was written. */
export function readIdentities(file: string): Identities {
  const bytes = readFileSync(file)
  const { seed, size, sha256 } = readIdentitiesHeader(bytes, file)
  const rows = bytes.subarray(headerBytes)
  if (rows.length !== size * rowBytes || createHash('sha256').update(rows).digest('hex') !== sha256)
    throw new Error(`${file} holds other identities than were written; remove it, and the next run makes it anew`)
  const seqOf = (place: number): number => rows.readUInt32LE(place * rowBytes + seqAt)
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place++) places[seqOf(place) - 1] = place
  const part = (seq: number, from: number): Uint8Array => {
    const at = (places[seq - 1] as number) * rowBytes + from
    return rows.subarray(at, at + 32)
  }
  return {
    seed,
    size,
    seqAt: seqOf,
    keyOf: (seq) => part(seq, keyAt),
    publicKeyOf: (seq) => part(seq, publicKeyAt),
  }
}
