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
  /** As `found`, unless it was Node's own code that did it. */
  foundByProgram(what: string): void
  /** Each once, with how often. */
  all(): readonly Hole[]
}

/** Collects holes; those that the simulator's own code makes are none. */
export function holesAt(nowMs: () => number, onFirst: (hole: Hole) => void): Holes {
  const known = new Map<string, Hole>()

  function note(what: string, by: string | null): void {
    if (by === null) return
    const seen = known.get(`${what} ${by}`)
    if (seen !== undefined) {
      seen.count++
      return
    }
    const hole: Hole = { what, by, atMs: nowMs(), count: 1 }
    known.set(`${what} ${by}`, hole)
    onFirst(hole)
  }

  return {
    found: (what) => note(what, callerIn(callers())),
    foundByProgram(what) {
      const lines = callers()
      if (!isNode(lines[0] ?? '')) note(what, callerIn(lines))
    },
    all: () => [...known.values()],
  }
}

/** The simulator's code, and of it what stands between a program and Node. */
const own = /[/\\]harness[/\\]sim[/\\]world[/\\]/
const between = /[/\\]harness[/\\]sim[/\\]world[/\\](?:outside|chance)[/\\]/
const place = /(?:^at (?:async )?|\()((?:file:\/\/)?\/[^()]*?:\d+):\d+\)?$/
const isNode = (line: string): boolean => /\(?node:[^()]*\)?$/.test(line)

/** Lines of the stack from the one that called the simulator's code on. */
function callers(): readonly string[] {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  const lines = String(new Error().stack).split('\n').slice(1)
  Error.stackTraceLimit = limit
  const first = lines.findIndex((line) => !own.test(line))
  return lines
    .slice(first)
    .map((line) => line.trim())
    .filter((line) => !line.includes('<anonymous>'))
}

/** Where the program called, its path without this machine's folders; empty where Node did by itself, null where it did on behalf of something that is watched. */
function callerIn(lines: readonly string[]): string | null {
  const line = lines.find((one) => !isNode(one)) ?? ''
  if (between.test(line)) return null
  const file = own.test(line) ? undefined : place.exec(line)?.[1]
  return file === undefined ? '' : shortened(file)
}

/** From the package on, as `node_modules/x/y.js:3`, else the last three parts. */
function shortened(file: string): string {
  const parts = file.replace(/^file:\/\//, '').split('/')
  const modules = parts.lastIndexOf('node_modules')
  return parts.slice(modules >= 0 ? modules : -3).join('/')
}
