import fs from 'node:fs'
import type { Away } from './away.ts'
import type { Holes } from './holes.ts'
import { reading } from './reading.ts'
import { type Call, replace } from './replace.ts'
import { calledBack, promised } from './work.ts'

type Functions = Readonly<Record<string, Call>>

/** Their callbacks are told more than what their synchronous form returns. */
const transfers = new Set(['read', 'write', 'readv', 'writev'])
/** They promise or return what lives on: a handle, an iterator. */
const living = new Set(['open', 'glob', 'watch'])
const handleMethods = [
  'appendFile',
  'chmod',
  'chown',
  'datasync',
  'read',
  'readFile',
  'readv',
  'stat',
  'sync',
  'truncate',
  'utimes',
  'write',
  'writeFile',
  'writev',
]
const handleReadings = ['stat', 'createReadStream', 'createWriteStream', 'readLines', 'readableWebStream']

/**
 * Has what is asked of files done at once, in the order of the calls, and told in its turn: no thread is faster than another. Node makes some of these functions of
 * others, so that waiting for a thread in turn could wait for ever; their synchronous forms are made of nothing that is watched.
 */
export function watchFiles(away: Away, holes: Holes): void {
  const functions = { ...fs } as unknown as Functions
  const syncOf = (name: string): Call | undefined => functions[`${name}Sync`]
  for (const name of Object.keys(fs)) {
    const sync = syncOf(name)
    if (sync === undefined) continue
    replace(fs, name, (call) =>
      transfers.has(name) ? calledBack(call, away) : atOnce(call, sync, { away, tells: name !== 'exists' }),
    )
  }
  for (const name of Object.keys(fs.promises)) {
    const sync = living.has(name) ? undefined : syncOf(name)
    if (sync !== undefined) replace(fs.promises, name, (call) => promisedAtOnce(call, sync, away))
  }
  replace(fs.promises, 'open', (call) =>
    openedBy(call, (handle) => watchHandles(Object.getPrototypeOf(handle), away, holes), away),
  )
}

/** `tells`: whether the callback is told an error first. */
function atOnce(call: Call, sync: Call, { away, tells }: { readonly away: Away; readonly tells: boolean }): Call {
  return function (...values) {
    const done = values.at(-1) as Call
    if (typeof done !== 'function') return call.apply(this, values)
    const told = outcome(() => sync.apply(fs, values.slice(0, -1)), tells)
    queueMicrotask(away.wrap(() => done(...told)))
  }
}

/** What a callback is told. A call that makes no sense is told to the caller. */
function outcome(act: () => unknown, tells: boolean): readonly unknown[] {
  try {
    const value = act()
    return !tells ? [value] : value === undefined ? [null] : [null, value]
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('ERR_')) throw error
    return [error]
  }
}

function promisedAtOnce(call: Call, sync: Call, away: Away): Call {
  return function (...values) {
    if (values.some(needsThread)) return away.follow(call.apply(this, values) as Promise<unknown>)
    return away.follow(new Promise((resolve) => resolve(sync.apply(fs, values))))
  }
}

/** What synchronous forms do not take: a handle, something that gives the data bit by bit, a signal. */
function needsThread(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  return 'fd' in value || 'signal' in value || Symbol.iterator in value || Symbol.asyncIterator in value
}

/** A file that is opened has the methods of its handle in turn. `onFirst` is told the first. */
function openedBy(call: Call, onFirst: (handle: object) => void, away: Away): Call {
  let known = false
  return function (...values) {
    const opened = (call.apply(this, values) as Promise<fs.promises.FileHandle>).then((handle) => {
      if (!known) onFirst(handle)
      known = true
      replace(handle, 'close', (close) => promised(close, away))
      return handle
    })
    return away.follow(opened)
  }
}

/** The class of handles is seen when there is one. */
function watchHandles(prototype: object, away: Away, holes: Holes): void {
  for (const name of handleMethods) replace(prototype, name, (method) => promised(method, away))
  for (const name of handleReadings)
    replace(prototype, name, (method) => reading(method, `fs.FileHandle.${name}`, holes))
}
