import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { cgroupPath, tool } from './places.ts'

/** A control group of one instance's memory. */
export interface Bound {
  /** The file by which a process enters it. */
  readonly entry: string
  /** Whether the kernel ended something in it for its memory. */
  wasExceeded(): boolean
  remove(): void
}

/** Where memory bounds are made, and what their files are called. */
interface Tree {
  readonly folder: string
  readonly limits: readonly string[]
  readonly swap: string
  readonly events: string
}

/** How to bound an instance's memory, or null where this machine's engine lets a pod have no control groups: then instances share the pod's bound. */
export function bounds(): ((inmate: number, memoryBytes: number) => Bound) | null {
  try {
    const tree = openTree()
    return (inmate, memoryBytes) => makeBound(tree, inmate, memoryBytes)
  } catch {
    return null
  }
}

function openTree(): Tree {
  const own = readFileSync('/proc/self/cgroup', 'utf8')
  const first = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(own)?.[1]
  mkdirSync(cgroupPath, { recursive: true })
  if (first !== undefined) {
    mount('cgroup', '-o', 'memory')
    const limits = ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes']
    return { folder: cgroupPath + first, limits, swap: '', events: 'memory.oom_control' }
  }
  mount('cgroup2')
  const folder = cgroupPath + (/^0::(.*)$/m.exec(own)?.[1] ?? '')
  giveWay(folder)
  return { folder, limits: ['memory.max'], swap: 'memory.swap.max', events: 'memory.events' }
}

function mount(type: string, ...options: readonly string[]): void {
  const [command = '', ...args] = tool('mount', '-t', type, ...options, 'none', cgroupPath)
  execFileSync(command, args, { stdio: 'pipe' })
}

/** A group of the second kind bounds others only while no process is in itself. */
function giveWay(folder: string): void {
  mkdirSync(`${folder}/pod`, { recursive: true })
  for (const pid of readFileSync(`${folder}/cgroup.procs`, 'utf8').split('\n').filter(Boolean))
    writeFileSync(`${folder}/pod/cgroup.procs`, pid)
  writeFileSync(`${folder}/cgroup.subtree_control`, '+memory')
}

function makeBound({ folder, limits, swap, events }: Tree, inmate: number, memoryBytes: number): Bound {
  const own = `${folder}/instance-${inmate}`
  mkdirSync(own)
  for (const [at, limit] of limits.entries()) {
    // The second is of memory and swap together, which not every kernel counts.
    if (at === 0) writeFileSync(`${own}/${limit}`, String(memoryBytes))
    else attempt(() => writeFileSync(`${own}/${limit}`, String(memoryBytes)))
  }
  if (swap !== '') attempt(() => writeFileSync(`${own}/${swap}`, '0'))
  return {
    entry: `${own}/cgroup.procs`,
    wasExceeded: () => Number(/^oom_kill (\d+)/m.exec(readFileSync(`${own}/${events}`, 'utf8'))?.[1] ?? 0) > 0,
    remove: () => attempt(() => rmdirSync(own)),
  }
}

/** What does not work here is done without. */
function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // Said above.
  }
}
