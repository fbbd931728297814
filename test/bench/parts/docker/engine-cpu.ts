import { readdirSync, readFileSync } from 'node:fs'

const engineParts = /^(?:dockerd|containerd|containerd-shim)/
/** Of the clock that /proc counts in, on every Linux that Node runs on. */
const msPerTick = 10

/** Begins to count the CPU that the engine takes, with what it started and waited for; returns how to read it, ms. Null where it cannot be seen. What others ask of the engine meanwhile is in it. */
export function watchEngine(): () => number | null {
  const before = ticks()
  return () => {
    const after = ticks()
    if (before.size === 0 || after.size === 0) return null
    const spent = [...after].map(([pid, now]) => now - (before.get(pid) ?? 0))
    return msPerTick * spent.reduce((sum, part) => sum + part, 0)
  }
}

/** Own and waited-for children's CPU of each of the engine's processes, by pid. */
function ticks(): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const pid of processes()) {
    const stat = statOf(pid)
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    if (!engineParts.test(name)) continue
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    found.set(
      pid,
      [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0),
    )
  }
  return found
}

function processes(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return '()'
  }
}
