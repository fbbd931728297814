import type { Holes } from './holes.ts'

/** What is always there, or lives on as a socket does, and has no end that could be awaited. */
const standing = new Set([
  'CloseReq',
  'FSEventWrap',
  'FileHandle',
  'Immediate',
  'IntervalHistogram',
  'PipeWrap',
  'SignalWrap',
  'StatWatcher',
  'TCPServerWrap',
  'TCPSocketWrap',
  'TCPWrap',
  'TLSWrap',
  'TTYWrap',
  'Timeout',
  'UDPWrap',
])

/**
 * Whether work is out that nobody awaits in order, as of a module that is being loaded, another process or an addon. Time stands meanwhile. Each kind is told once as
 * a hole, but for what a use that is watched began (a process, a connection), which was told by its name.
 */
export function strangersHere(holes: Holes): () => boolean {
  const before = process.getActiveResourcesInfo()
  const always = countsOf(before)
  const told = new Set<string>()
  return () => {
    const now = process.getActiveResourcesInfo()
    let any = false
    // Nearly always there is nothing new, and this is asked once an event.
    if (now.length <= before.length && now.every((name, at) => name === before[at])) return any
    for (const [name, count] of countsOf(now)) {
      if (standing.has(name) || count <= (always.get(name) ?? 0)) continue
      any = true
      if (known.test(name) || told.has(name)) continue
      told.add(name)
      holes.found(name)
    }
    return any
  }
}

/** What a use that is watched began. */
const known = /Wrap$|^MessagePort$/

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
