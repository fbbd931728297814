import nodeCrypto from 'node:crypto'
import { seededRandom } from '@hoplab/sdk'
import type { Holes } from '../outside/holes.ts'
import { replaceKeyPairs } from './key-pairs.ts'
import { watchSignatures } from './signatures.ts'
import { replaceWebKeys } from './web-keys.ts'

type Filled = NodeJS.ArrayBufferView | ArrayBuffer

/** Puts one seeded stream where programs draw chance from: Math.random, Web Crypto and node:crypto. What cannot be seeded is told as a hole. */
export function replaceRandomness(seed: number, holes: Holes): void {
  const random = seededRandom(seed, 'process')
  const fill = <T extends Filled>(target: T): T => {
    const view = ArrayBuffer.isView(target)
      ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
      : new Uint8Array(target)
    view.set(random.bytes(view.length))
    return target
  }
  const integer = (low: number, high: number): number => low + random.integer(high - low)
  Math.random = random.float
  replaceWebCrypto(fill)
  replaceNodeCrypto(fill, integer)
  const draw = (length: number): Buffer => fill(Buffer.alloc(length))
  replaceKeyPairs(draw, holes)
  replaceWebKeys(draw, holes)
  watchSignatures(holes)
}

function replaceWebCrypto(fill: <T extends Filled>(target: T) => T): void {
  const { webcrypto } = nodeCrypto
  for (const owner of [webcrypto, Object.getPrototypeOf(webcrypto)]) {
    define(owner, 'getRandomValues', fill)
    define(owner, 'randomUUID', () => uuid(fill))
  }
}

function replaceNodeCrypto(
  fill: <T extends Filled>(target: T) => T,
  integer: (low: number, high: number) => number,
): void {
  const part = (target: Filled, offset = 0, size?: number): Filled => {
    const view = ArrayBuffer.isView(target)
      ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
      : new Uint8Array(target)
    fill(view.subarray(offset, size === undefined ? undefined : offset + size))
    return target
  }
  const replaced = {
    randomUUID: () => uuid(fill),
    randomBytes: (size: number, done?: Done<Buffer>) => told(fill(Buffer.alloc(size)), done),
    pseudoRandomBytes: (size: number, done?: Done<Buffer>) => told(fill(Buffer.alloc(size)), done),
    randomFillSync: part,
    randomFill: (target: Filled, ...rest: unknown[]) => {
      const done = rest.pop() as Done<Filled>
      told(part(target, ...(rest as [number?, number?])), done)
    },
    randomInt: (...values: unknown[]) => {
      const done = typeof values.at(-1) === 'function' ? (values.pop() as Done<number>) : undefined
      const [low, high] = values.length === 1 ? [0, values[0]] : values
      return told(integer(low as number, high as number), done)
    },
  }
  for (const [name, value] of Object.entries(replaced)) define(nodeCrypto, name, value)
}

type Done<T> = (error: null, value: T) => void

function told<T>(value: T, done: Done<T> | undefined): T | undefined {
  if (done === undefined) return value
  queueMicrotask(() => done(null, value))
  return undefined
}

function uuid(fill: <T extends Filled>(target: T) => T): string {
  const bytes = fill(Buffer.alloc(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, configurable: true, writable: true })
}
