/** Something that a program did whose effect the seed does not decide. */
export interface Hole {
  /** What was called: `process.memoryUsage`, `net.Socket`. */
  readonly what: string
  /** The first line of the program that did, as `file:line`; empty where the stack tells none. */
  readonly by: string
  /** When it was done first, ms of virtual time. */
  readonly atMs: number
  count: number
}

/** What of a simulation may come out otherwise when it is repeated. */
export interface Holes {
  found(what: string): void
  /** Each once, with how often. */
  all(): readonly Hole[]
}

/** Collects holes; those that the simulator's own code makes are none. */
export function holesAt(nowMs: () => number, onFirst: (hole: Hole) => void): Holes {
  const known = new Map<string, Hole>()
  return {
    found(what) {
      const by = caller()
      const seen = known.get(`${what} ${by}`)
      if (seen !== undefined) {
        seen.count++
        return
      }
      const hole: Hole = { what, by, atMs: nowMs(), count: 1 }
      known.set(`${what} ${by}`, hole)
      onFirst(hole)
    },
    all: () => [...known.values()],
  }
}

const own = /[/\\]harness[/\\]sim[/\\]world[/\\]/
const place = /\(?((?:file:\/\/)?\/[^()]*?:\d+):\d+\)?$/

/** Where the program called, its path without this machine's folders. */
function caller(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 30
  const lines = (new Error().stack ?? '').split('\n').slice(1)
  Error.stackTraceLimit = limit
  for (const line of lines) {
    const file = place.exec(line.trim())?.[1]
    if (file !== undefined && !own.test(file)) return shortened(file)
  }
  return ''
}

/** From the package on, as `node_modules/x/y.js:3`, else the last three parts. */
function shortened(file: string): string {
  const parts = file.replace(/^file:\/\//, '').split('/')
  const modules = parts.lastIndexOf('node_modules')
  return parts.slice(modules >= 0 ? modules : -3).join('/')
}
