import { setTimeout as sleep } from 'node:timers/promises'
import { InputError } from 'hoplab'
import { containersOf, lastLines } from './containers.ts'
import { portSetting, type ServiceName } from './names.ts'
import { inTime } from './servers/in-time.ts'
import { servers } from './servers/servers.ts'
import { ServiceError } from './service-error.ts'
import { type Settings, setting } from './settings.ts'

const pauseMs = 200
const lines = 10

interface Patience {
  readonly withinMs: number
  readonly signal: AbortSignal
}

/**
 * Waits until each of these services answers and has what it needs.
 *
 * @throws Error that names each that does not within the time, or has ended, with the last lines that it wrote.
 */
export async function waitFor(names: readonly ServiceName[], settings: Settings, patience: Patience): Promise<void> {
  const deadline = Date.now() + patience.withinMs
  const problems = await Promise.all(
    names.map((name) => problemOf(name, settings, { deadline, signal: patience.signal })),
  )
  const found = problems.filter((problem) => problem !== null)
  if (found.length > 0) throw new ServiceError(found.join('\n\n'))
}

interface Deadline {
  readonly deadline: number
  readonly signal: AbortSignal
}

async function problemOf(
  name: ServiceName,
  settings: Settings,
  { deadline, signal }: Deadline,
): Promise<string | null> {
  const started = Date.now()
  const port = Number(setting(settings, portSetting(name)))
  for (;;) {
    signal.throwIfAborted()
    const failed = await attempt(name, port, settings)
    if (failed === null) return null
    const ended = await endedAs(name, settings)
    if (ended !== null) return described(name, settings, `ended: ${ended}`)
    if (Date.now() > deadline)
      return described(
        name,
        settings,
        `does not answer after ${Math.round((Date.now() - started) / 1000)} s (${failed})`,
      )
    await sleep(pauseMs, undefined, { signal })
  }
}

/** What was wrong; null where the service is ready. */
async function attempt(name: ServiceName, port: number, settings: Settings): Promise<string | null> {
  try {
    await inTime(servers[name].prepare(port, settings))
    await inTime(servers[name].ask(port, settings))
    return null
  } catch (error) {
    if (error instanceof InputError) throw error
    return reasonOf(error)
  }
}

/** What an error says, with what lies below `fetch failed`. */
export function reasonOf(error: unknown): string {
  const { message, cause, name } = error as Error
  return `${message || name}${cause instanceof Error ? `: ${cause.message}` : ''}`
}

async function endedAs(name: ServiceName, settings: Settings): Promise<string | null> {
  const container = (await containersOf(settings)).find((one) => one.name === name)
  if (container === undefined) return 'its container is gone'
  return ['exited', 'dead'].includes(container.state) ? container.status : null
}

async function described(name: ServiceName, settings: Settings, what: string): Promise<string> {
  const container = (await containersOf(settings)).find((one) => one.name === name)
  const said = container === undefined ? '' : await lastLines(container, lines)
  return [`${name} ${what}`, said === '' ? 'it wrote nothing' : `it wrote last:\n${said.replace(/^/gm, '  ')}`].join(
    '; ',
  )
}
