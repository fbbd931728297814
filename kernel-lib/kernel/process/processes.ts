import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  readonly pid: number
  readonly parent: number
  /** When it started, in whatever the system counts; two processes of one pid differ in it. */
  readonly started: string
}

/** Processes that `pid` started and those that these started, also in sessions of their own. */
export function descendants(pid: number): readonly Process[] {
  const all = processes()
  const found: Process[] = []
  for (let parents = new Set([pid]); parents.size > 0; ) {
    const children = all.filter((one) => parents.has(one.parent))
    found.push(...children)
    parents = new Set(children.map((one) => one.pid))
  }
  return found
}

/** Ends processes found before that are still the same ones. */
export function killAll(found: readonly Process[]): void {
  const now = new Map(processes().map((one) => [one.pid, one.started]))
  for (const one of found) if (now.get(one.pid) === one.started) signal(one.pid, 'SIGKILL')
}

/** Ends a process, its group and all of its descendants. */
export function killTree(pid: number): void {
  const found = descendants(pid)
  if (pid !== process.pid) signal(pid, 'SIGKILL')
  killAll(found)
  signal(-pid, 'SIGKILL')
  signal(pid, 'SIGKILL')
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function processes(): readonly Process[] {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

function fromProc(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // The name of the program stands in parentheses and may hold spaces.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return [{ pid: Number(name), parent: Number(fields[1]), started: String(fields[19]) }]
      } catch {
        return []
      }
    })
}

function fromPs(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,lstart='], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, parent, started] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), started: started ?? '' }]
  })
}
