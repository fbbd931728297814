import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * When a process began, as text that no other process of the same pid shares; null when there is none.
 * Clock ticks since boot on Linux, the date of `ps` elsewhere.
 */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return startByPs(pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold spaces and parentheses; the fields after the last one are numbers.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function startByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** Whether that very process still lives: same pid and same start. */
export function isAlive({ pid, start }: ProcessName): boolean {
  return processStart(pid) === start
}

/** A process named so that a later one with its pid is not taken for it. */
export interface ProcessName {
  readonly pid: number
  readonly start: string
}

/** The name of a process, or null when it is gone. */
export function nameProcess(pid: number): ProcessName | null {
  const start = processStart(pid)
  return start === null ? null : { pid, start }
}

/** Names the boot and pid namespace in which pids mean something; equal texts see the same processes. */
export function processSpace(): string {
  if (process.platform !== 'linux') return process.platform
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return process.platform
  }
}

/** Sends a signal to a process group; false when it has no process left. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
