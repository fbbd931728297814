import nodeCrypto from 'node:crypto'
import zlib from 'node:zlib'
import type { Away } from './away.ts'
import { type Call, replace } from './replace.ts'

/** Functions whose last argument is called when a thread is done. What they say depends on what they were given alone. */
const callbacks: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [zlib, Object.keys(zlib).filter((name) => `${name}Sync` in zlib)],
  [
    nodeCrypto,
    ['pbkdf2', 'scrypt', 'hkdf', 'argon2', 'checkPrime', 'generatePrime', 'generateKeyPair', 'sign', 'verify'],
  ],
]

/** Functions that promise what a thread does. */
const promises: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [
    Object.getPrototypeOf(nodeCrypto.webcrypto.subtle),
    [
      'digest',
      'sign',
      'verify',
      'generateKey',
      'importKey',
      'exportKey',
      'encrypt',
      'decrypt',
      'deriveBits',
      'deriveKey',
      'wrapKey',
      'unwrapKey',
    ],
  ],
  [WebAssembly, ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']],
]

/** Has work of a thread pool awaited, in the order of the calls. */
export function watchWork(away: Away): void {
  for (const [owner, names] of callbacks)
    for (const name of names) replace(owner, name, (call) => calledBack(call, away))
  for (const [owner, names] of promises) for (const name of names) replace(owner, name, (call) => promised(call, away))
}

/** A function whose callback comes in its turn. */
export function calledBack(call: Call, away: Away): Call {
  return function (...values) {
    const done = values.at(-1)
    if (typeof done !== 'function') return call.apply(this, values)
    return call.apply(this, [...values.slice(0, -1), away.wrap(done as (...all: unknown[]) => void)])
  }
}

/** A function whose promise settles in its turn. */
export function promised(call: Call, away: Away): Call {
  return function (...values) {
    const work = call.apply(this, values)
    return work instanceof Promise ? away.follow(work) : work
  }
}
