import childProcess from 'node:child_process'
import nodeCrypto from 'node:crypto'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import v8 from 'node:v8'
import vm from 'node:vm'
import workers from 'node:worker_threads'
import zlib from 'node:zlib'
import type { Away } from './away.ts'
import type { Holes } from './holes.ts'

type Call = (this: unknown, ...values: unknown[]) => unknown
type Owner = Record<string, unknown>

/** Work of a thread pool whose result depends on its input alone: awaited, in order. */
const callbacks: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [
    zlib,
    ['deflate', 'deflateRaw', 'gzip', 'gunzip', 'inflate', 'inflateRaw', 'unzip', 'brotliCompress', 'brotliDecompress'],
  ],
  [nodeCrypto, ['pbkdf2', 'scrypt', 'hkdf']],
  [
    fs,
    [
      'readFile',
      'writeFile',
      'appendFile',
      'mkdir',
      'open',
      'close',
      'read',
      'write',
      'rm',
      'unlink',
      'rename',
      'access',
    ],
  ],
]

/** What the machine decides, and not the seed. */
const readings: readonly (readonly [owner: object, name: string, names: readonly string[]])[] = [
  [process, 'process', ['memoryUsage', 'cpuUsage', 'resourceUsage']],
  [os, 'os', ['freemem', 'loadavg', 'uptime', 'networkInterfaces', 'hostname']],
  [v8, 'v8', ['getHeapStatistics', 'getHeapSpaceStatistics']],
  [performance, 'performance', ['eventLoopUtilization']],
  [net, 'net', ['connect', 'createConnection', 'createServer', 'Socket', 'Server']],
  [http, 'http', ['request', 'get', 'createServer']],
  [dgram, 'dgram', ['createSocket']],
  [dns, 'dns', ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']],
  [dns.promises, 'dns.promises', ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']],
  [childProcess, 'child_process', ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync']],
  [workers, 'worker_threads', ['Worker', 'MessageChannel']],
  [vm, 'vm', ['createContext', 'runInNewContext']],
  [
    fs,
    'fs',
    ['stat', 'statSync', 'lstatSync', 'fstatSync', 'watch', 'watchFile', 'createReadStream', 'createWriteStream'],
  ],
  [globalThis, 'globalThis', ['fetch', 'MessageChannel']],
  [Atomics, 'Atomics', ['waitAsync']],
]

const subtle = [
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
]
/** Web Crypto's own draws: what OpenSSL's generator decides. */
const drawn = new Set(['generateKey'])

/** Watches whatever a program can reach outside of virtual time: work that comes back is awaited in order, what the machine decides is told as a hole. */
export function watchOutside(away: Away, holes: Holes): void {
  const { webcrypto } = nodeCrypto
  for (const name of subtle)
    replace(
      Object.getPrototypeOf(webcrypto.subtle),
      name,
      (call) =>
        function (this: unknown, ...values) {
          if (drawn.has(name)) holes.found(`crypto.subtle.${name}`)
          return away.follow(call.apply(this, values) as Promise<unknown>)
        },
    )
  for (const [owner, names] of callbacks)
    for (const name of names)
      replace(
        owner,
        name,
        (call) =>
          function (this: unknown, ...values) {
            const done = values.at(-1)
            if (typeof done !== 'function') return call.apply(this, values)
            return call.apply(this, [...values.slice(0, -1), away.wrap(done as (...all: unknown[]) => void)])
          },
      )
  for (const name of Object.keys(fs.promises))
    replace(
      fs.promises,
      name,
      (call) =>
        function (this: unknown, ...values) {
          const work = call.apply(this, values)
          return work instanceof Promise ? away.follow(work) : work
        },
    )
  for (const [owner, label, names] of readings)
    for (const name of names) replace(owner, name, (call) => reading(call, `${label}.${name}`, holes))
}

/** A function or class that tells its use and then does what it always did. */
function reading(call: Call, what: string, holes: Holes): Call {
  return new Proxy(call, {
    apply(target, self, values) {
      holes.found(what)
      return Reflect.apply(target, self, values)
    },
    construct(target, values, newTarget) {
      holes.found(what)
      return Reflect.construct(target, values, newTarget) as object
    },
  })
}

/** Keeps what hangs on the function, as `exec`'s promise form. */
function replace(owner: object, name: string, made: (call: Call) => Call): void {
  const call = (owner as Owner)[name]
  if (typeof call !== 'function') return
  const replaced = made(call as Call)
  for (const key of Reflect.ownKeys(call))
    if (!Reflect.has(replaced, key))
      Object.defineProperty(replaced, key, Object.getOwnPropertyDescriptor(call, key) as PropertyDescriptor)
  Object.defineProperty(owner, name, { value: replaced, configurable: true, writable: true, enumerable: true })
}
