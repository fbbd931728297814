import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'
import * as assert from 'uvu/assert'
import { InputError } from '../../../kernel-lib/errors.ts'

/** One entry of a tar, honest or not. */
export interface Entry {
  readonly path: string
  readonly content?: string
  /** `File` unless given. */
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO'
  readonly linkpath?: string
  /** Size in the header, where it lies. */
  readonly size?: number
}

/** A tar of these entries, not compressed. */
export function tar(entries: readonly Entry[]): Buffer {
  const blocks = entries.map(({ path, content = '', type = 'File', linkpath, size }) => {
    const header = new Header({
      path,
      type,
      mode: 0o644,
      size: size ?? Buffer.byteLength(content),
      ...(linkpath ? { linkpath } : {}),
    })
    const block = Buffer.alloc(512)
    assert.not.ok(header.encode(block), `${path} needs a long header`)
    const body = Buffer.from(content)
    return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

/** A folder that lives as long as `body`, with an empty `runs` path in it. */
export async function inFolder<T>(body: (folder: string, runs: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-import-'))
  try {
    return await body(folder, join(folder, 'runs'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes an archive of these entries; returns its path. */
export function archive(folder: string, entries: readonly Entry[]): string {
  const path = join(folder, 'collected.tgz')
  writeFileSync(path, gzipSync(tar(entries)))
  return path
}

/** Fails unless bad input is refused with this message and leaves nothing behind. */
export async function refuses(work: Promise<unknown>, message: RegExp, runs: string): Promise<void> {
  const error = await work.then(
    () => null,
    (reason: Error) => reason,
  )
  assert.instance(error, InputError)
  assert.match((error as Error).message, message)
  const left = (() => {
    try {
      return readdirSync(runs)
    } catch {
      return []
    }
  })()
  assert.equal(left, [])
}

export const me = 'QmTbLxwRLaaPbGcJYPkzxwh2PAw3xKi3Ump8Xrx7rX4SXt'
export const hub = 'QmZ7zzmL4D547VhASXX78yWyAogR42WVfrio9HjHHeLfcY'
export const goal = 'QmNet43MiibBJ2TWBQYQGiFqDy3HNLp3biAEp7f9B7wvtu'
export const other = 'QmNvFwyhEQJT4LTkKojpSkhRwszU1cNLJBE4kXGE4Urfqc'

/** A line of run.out at `ms` after a fixed moment. */
export const printed = (ms: number, event: object): string =>
  `{"ts":${1_584_621_700_000 + ms}000000,"msg":"","group_id":"single","run_id":"r1","event":${JSON.stringify(event)}}\n`
/** A line of dht_queries.out. */
export const queried = (ms: number, msg: string, peer: string, more: object = {}): string =>
  `{"level":"info","ts":${1_584_621_700_000 + ms}000000,${JSON.stringify({ msg, target: goal, peer, closer: null, value: '', ...more }).slice(1)}\n`

const runenv = (changes: object = {}): object => ({
  plan: 'dht',
  case: 'find-peers',
  seq: 0,
  params: { bucket_size: '2', n_find_peers: '1', timeout_secs: '300' },
  instances: 2,
  group: 'single',
  group_instances: 2,
  ...changes,
})
export const started = (changes: object = {}): string => printed(0, { type: 'start', runenv: runenv(changes) })
export const identity = (peer: string): string =>
  printed(10, { type: 'message', message: `I am ${peer} with addrs: [/ip4/127.0.0.1/tcp/1]` })
export const joined = printed(1000, { type: 'message', message: 'bootstrap: done' })
export const metric = (ms: number, value: number, index = 0, unit = 'ns'): string =>
  printed(ms, { type: 'metric', metric: { name: `time-to-find-${index}`, unit, dir: -1, value } })
export const finish = (ms: number, outcome: string, error?: string): string =>
  printed(ms, { type: 'finish', outcome, ...(error === undefined ? {} : { error }) })
