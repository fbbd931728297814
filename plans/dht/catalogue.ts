import { createHash } from 'node:crypto'
import { type CID, cidOfDigest } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import type { Member } from './members.ts'
import { number } from './settings.ts'

/** A record of the run: who brings it, and which of that node's records it is, from 0. Everyone can name every record without asking. */
export interface Item {
  readonly owner: number
  readonly index: number
}

/** The records that a node brings. */
export function itemsOf({ seq, records }: Pick<Member, 'seq' | 'records'>): Item[] {
  return Array.from({ length: records }, (_, index) => ({ owner: seq, index }))
}

/** Records of others, drawn by the seed. */
export function drawItems(env: Env, members: readonly Member[], count: number): Item[] {
  const others = members.filter(({ seq }) => seq !== env.seq).flatMap(itemsOf)
  return env.random(`items:${env.seq}`).shuffle(others).slice(0, count)
}

/** Records that no node brings: owner 0 is nobody. */
export function absentItems(env: Env, count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({ owner: 0, index: env.seq * 100_000 + index }))
}

/** The CID that a record is provided under: of a raw block whose digest follows from seed, owner and index. */
export function cidOf(env: Env, item: Item): CID {
  return cidOfDigest(digestOf(env, 'record', item))
}

/** The key that a value is stored under. */
export function keyOf(env: Env, item: Item): Uint8Array {
  return new TextEncoder().encode(`/hoplab/${seedOf(env)}/${item.owner}/${item.index}`)
}

/** The value stored under a record's key. */
export function contentOf(env: Env, item: Item): Uint8Array {
  const size = number(env.params, 'value_bytes')
  return createHash('shake256', { outputLength: size })
    .update(name(env, 'value', item))
    .digest()
}

function digestOf(env: Env, kind: string, item: Item): Uint8Array {
  return createHash('sha256')
    .update(name(env, kind, item))
    .digest()
}

function name(env: Env, kind: string, { owner, index }: Item): string {
  return `hoplab ${kind} ${seedOf(env)}:${owner}:${index}`
}

function seedOf({ params, seed }: Env): number {
  return number(params, 'record_seed') || seed
}
