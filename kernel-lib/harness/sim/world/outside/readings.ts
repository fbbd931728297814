import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import os from 'node:os'
import hooks from 'node:perf_hooks'
import tls from 'node:tls'
import v8 from 'node:v8'
import vm from 'node:vm'
import workers from 'node:worker_threads'
import zlib from 'node:zlib'

/** Functions and classes of an owner, as a program names it, whose effect the seed does not decide. */
export type Reading = readonly [owner: object, label: string, names: readonly string[]]

const starting = (owner: object, ...starts: readonly string[]): readonly string[] =>
  Object.keys(owner).filter((name) => starts.some((start) => name.startsWith(start)))

const resolving = [...starting(dns, 'lookup', 'resolve', 'reverse'), 'Resolver']
const stats = ['stat', 'lstat', 'fstat', 'statfs']

/** What the machine, its other processes, its network and its clock decide. */
export const readings: readonly Reading[] = [
  [
    process,
    'process',
    ['memoryUsage', 'cpuUsage', 'resourceUsage', 'constrainedMemory', 'availableMemory', 'binding', 'dlopen'],
  ],
  [process.memoryUsage, 'process.memoryUsage', ['rss']],
  [
    os,
    'os',
    [
      'availableParallelism',
      'cpus',
      'freemem',
      'hostname',
      'loadavg',
      'networkInterfaces',
      'totalmem',
      'uptime',
      'userInfo',
    ],
  ],
  [v8, 'v8', [...starting(v8, 'getHeap'), 'writeHeapSnapshot', 'queryObjects']],
  [performance, 'performance', ['eventLoopUtilization']],
  [hooks, 'perf_hooks', ['monitorEventLoopDelay', 'PerformanceObserver']],
  [net, 'net', ['connect', 'createConnection', 'createServer', 'Socket', 'Server']],
  [tls, 'tls', ['connect', 'createServer']],
  [http, 'http', ['request', 'get', 'createServer']],
  [https, 'https', ['request', 'get', 'createServer']],
  [http2, 'http2', ['connect', 'createServer', 'createSecureServer']],
  [dgram, 'dgram', ['createSocket', 'Socket']],
  [dns, 'dns', resolving],
  [dns.promises, 'dns.promises', resolving],
  [childProcess, 'child_process', starting(childProcess, 'spawn', 'exec', 'fork')],
  [workers, 'worker_threads', ['Worker', 'MessageChannel']],
  [vm, 'vm', ['createContext', 'runInNewContext', 'measureMemory']],
  [vm.Script.prototype, 'vm.Script', ['runInNewContext']],
  [zlib, 'zlib', [...starting(zlib, 'create'), ...classesOf(zlib)]],
  [
    fs,
    'fs',
    [
      ...stats.flatMap((name) => [name, `${name}Sync`]),
      ...['mkdtemp', 'mkdtempSync', 'opendir', 'opendirSync', 'watch', 'watchFile', 'openAsBlob'],
      ...['createReadStream', 'createWriteStream', 'ReadStream', 'WriteStream'],
    ],
  ],
  [fs.promises, 'fs.promises', [...stats, 'mkdtemp', 'opendir', 'watch']],
  [
    globalThis,
    'globalThis',
    [
      'fetch',
      'MessageChannel',
      'PerformanceObserver',
      'WebSocket',
      'EventSource',
      'CompressionStream',
      'DecompressionStream',
    ],
  ],
  [Atomics, 'Atomics', ['wait', 'waitAsync']],
  [console, 'console', ['timeEnd', 'timeLog']],
]

function classesOf(owner: object): readonly string[] {
  return Object.keys(owner).filter((name) => /^[A-Z].*[a-z]/.test(name))
}
