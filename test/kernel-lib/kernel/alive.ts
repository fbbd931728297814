import { readFileSync } from 'node:fs'

/** Whether a process still does anything: one that was killed may wait for the system to take note. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
