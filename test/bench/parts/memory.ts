import { execFileSync } from 'node:child_process'

const everyMs = 500

/** Watches the resident memory of a process's descendants whose command line holds `part`; returns how to stop, which gives the highest sum seen, in MB. */
export function watchMemory(pid: number, part: string): () => number {
  let highest = 0
  const look = (): void => {
    highest = Math.max(highest, residentMb(pid, part))
  }
  const timer = setInterval(look, everyMs)
  return () => {
    clearInterval(timer)
    return highest
  }
}

interface ProcessLine {
  readonly pid: number
  readonly parent: number
  readonly kilobytes: number
  readonly command: string
}

function residentMb(root: number, part: string): number {
  const all = processes()
  const family = new Set([root])
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  const ours = all.filter(({ pid, command }) => family.has(pid) && pid !== root && command.includes(part))
  return ours.reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024
}

function processes(): ProcessLine[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 1e8 })
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = '', parent = '', kilobytes = '', ...words] = line.trim().split(/\s+/)
      return { pid: Number(pid), parent: Number(parent), kilobytes: Number(kilobytes), command: words.join(' ') }
    })
}
