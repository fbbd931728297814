import Docker from 'dockerode'
import { AbsentError } from '../../errors.ts'
import { isAlive, nameProcess, processSpace } from '../machine/process.ts'

const systemSocket = '/var/run/docker.sock'

/** Where the engine listens: the socket that DOCKER_HOST names, else the system's; null where it names no socket of this machine. */
export function engineSocket(host = process.env.DOCKER_HOST ?? ''): string | null {
  if (host === '') return systemSocket
  return host.startsWith('unix://') ? host.slice('unix://'.length) || systemSocket : null
}

/** The engine of this machine. Connects when it is first asked for something. */
export function openEngine(socketPath = engineSocket()): Docker {
  if (socketPath === null) throw new Error(`DOCKER_HOST=${process.env.DOCKER_HOST} is no socket of this machine`)
  return new Docker({ socketPath })
}

/** Whether the engine answered that it has no such thing. */
export function isAbsent(error: unknown): boolean {
  return (error as { statusCode?: number }).statusCode === 404
}

/** What the engine said of a failure, on one line. */
export function engineText(error: unknown): string {
  const { json, message } = error as { json?: { message?: string } | null; message?: string }
  return (json?.message ?? message ?? String(error)).replace(/\s+/g, ' ').trim()
}

const lost: ReadonlySet<unknown> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE'])

/** Whether the engine did not answer because the connection to it was lost or cannot be made. */
function isLost(error: unknown): boolean {
  const { code, syscall } = error as { code?: string; syscall?: string }
  return lost.has(code) || (code === 'ENOENT' && syscall === 'connect')
}

/**
 * Does what needs an engine that was there.
 *
 * @throws AbsentError where it is there no more.
 */
export async function orEngineGone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isLost(error)) throw error
    throw new AbsentError(
      `docker: the engine at ${engineSocket()} went away (${engineText(error)}): start it again, and run this again`,
    )
  }
}

/** Labels of everything that hoplab makes in an engine. */
export const labels = {
  run: 'hoplab.run',
  owner: 'hoplab.owner',
  group: 'hoplab.group',
  index: 'hoplab.index',
  part: 'hoplab.part',
} as const

/** Labels of what a run of this process makes: the run, and who must live for it to be wanted. */
export function runLabels(run: string): Record<string, string> {
  const owner = { ...(nameProcess(process.pid) ?? { pid: process.pid, start: '' }), space: processSpace() }
  return { [labels.run]: run, [labels.owner]: JSON.stringify(owner) }
}

/** Whether the owner that a label names has ended; false where nobody can tell. */
export function ownerGone(label: string | undefined): boolean {
  try {
    const { pid, start, space } = JSON.parse(label ?? '')
    return space === processSpace() && typeof start === 'string' && start !== '' && !isAlive({ pid, start })
  } catch {
    return false
  }
}
