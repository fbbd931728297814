import { readdirSync, readFileSync } from 'node:fs'

/**
 * Kills every process whose environment holds a mark (`NAME=value`), wherever it went: a program may leave its process group.
 * Does nothing where the platform does not show environments.
 *
 * @returns How many it found.
 */
export function killMarked(mark: string): number {
  if (process.platform !== 'linux' || mark === '') return 0
  return readdirSync('/proc').filter(
    (entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid && kill(entry, mark),
  ).length
}

function kill(entry: string, mark: string): boolean {
  try {
    if (!readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0').includes(mark)) return false
    process.kill(Number(entry), 'SIGKILL')
    return true
  } catch {
    // Another user's process, or one that has just ended.
    return false
  }
}
