import { execFileSync } from 'node:child_process'

const everyMs = 500

/** What the descendants of a process took, as far as it was seen. */
export interface Taken {
  /** Highest sum of their resident memory. MB */
  readonly memoryMb: number
  /** Processor time of all, each up to when it was last seen. s */
  readonly cpuS: number
}

/** Watches the descendants of a process whose command line holds `part`; returns how to stop, which gives what they took. */
export function watchFamily(pid: number, part: string): () => Taken {
  let memoryMb = 0
  const cpuS = new Map<number, number>()
  const timer = setInterval(() => {
    const all = family(pid, part)
    memoryMb = Math.max(memoryMb, all.reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024)
    for (const one of all) cpuS.set(one.pid, one.cpuS)
  }, everyMs)
  return () => {
    clearInterval(timer)
    return { memoryMb, cpuS: [...cpuS.values()].reduce((sum, one) => sum + one, 0) }
  }
}

interface ProcessLine {
  readonly pid: number
  readonly parent: number
  readonly kilobytes: number
  readonly cpuS: number
  readonly command: string
}

function family(root: number, part: string): readonly ProcessLine[] {
  const all = processes()
  const members = new Set([root])
  for (let size = 0; size !== members.size; ) {
    size = members.size
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid)
  }
  return all.filter(({ pid, command }) => members.has(pid) && pid !== root && command.includes(part))
}

function processes(): ProcessLine[] {
  const columns = 'pid=,ppid=,rss=,time=,args='
  return execFileSync('ps', ['-axo', columns], { encoding: 'utf8', maxBuffer: 1e8 })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = '', parent = '', kilobytes = '', time = '', ...words] = line.trim().split(/\s+/)
      return {
        pid: Number(pid),
        parent: Number(parent),
        kilobytes: Number(kilobytes),
        cpuS: secondsOf(time),
        command: words.join(' '),
      }
    })
}

/** Of `[days-]hours:minutes:seconds`. */
function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse()
  return Number(days) * 86_400 + clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}
