import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, nameProcess, type ProcessName, signalGroup } from './process.ts'

/** File of the run folder that names every process that was started, one JSON object a line. */
export function processesFile(folder: string): string {
  return join(folder, 'processes.ndjson')
}

/** Names a process in the run folder; null where it is gone already. */
export function recordProcess(pid: number, folder: string): ProcessName | null {
  const name = nameProcess(pid)
  if (name !== null) appendFileSync(processesFile(folder), `${JSON.stringify(name)}\n`)
  return name
}

/** Ends the processes that a session recorded in its run folder and that still live, each known by its pid and its start. Resolves to how many it found. */
export async function endLeftovers(folder: string): Promise<number> {
  const living = recorded(folder).filter(isAlive)
  for (const { pid } of living) signalGroup(pid, 'SIGKILL')
  return living.length
}

function recorded(folder: string): readonly ProcessName[] {
  const file = processesFile(folder)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').flatMap(named)
}

function named(line: string): readonly ProcessName[] {
  try {
    const { pid, start } = JSON.parse(line)
    // 0 and 1 would signal our own group, or everything.
    return Number.isInteger(pid) && pid > 1 && typeof start === 'string' ? [{ pid, start }] : []
  } catch {
    return []
  }
}
