import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { Fix } from '../harness.ts'
import { engineSocket, engineText, openEngine } from './engine.ts'

const oldest = '1.41'
const patienceMs = 10_000

/** What this machine lacks for containers. */
export async function check(): Promise<Fix[]> {
  if (process.platform !== 'linux')
    return [{ missing: 'Linux', fix: 'run hoplab on Linux or WSL, or write --runner exec' }]
  const socket = engineSocket()
  if (socket === null)
    return [
      {
        missing: `an engine of this machine (DOCKER_HOST is ${process.env.DOCKER_HOST})`,
        fix: 'unset DOCKER_HOST, or name a unix:// socket',
      },
    ]
  const engine = openEngine(socket)
  try {
    return await checkEngine(engine)
  } catch (error) {
    return [unreachable(socket, error)]
  }
}

async function checkEngine(engine: Docker): Promise<Fix[]> {
  const [version, info] = await inTime(Promise.all([engine.version(), engine.info()]))
  if (isOlder(version.ApiVersion, oldest))
    return [
      {
        missing: `an engine of API ${oldest} or newer (this is ${version.ApiVersion}, Docker ${version.Version})`,
        fix: 'install Docker 20.10 or newer',
      },
    ]
  const security = ((info.SecurityOptions ?? []) as string[]).join(' ')
  if (/name=(rootless|userns)/.test(security))
    return [
      {
        missing: "an engine whose networks and users are this machine's (this one is rootless, or maps users)",
        fix: 'start dockerd as root without userns-remap, and set DOCKER_HOST to its socket',
      },
    ]
  if (info.OSType !== 'linux')
    return [{ missing: `Linux containers (the engine runs ${info.OSType})`, fix: 'switch it to Linux containers' }]
  return []
}

/** An engine that hangs takes connections and never answers. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = new AbortController()
  const never = sleep(patienceMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`no answer within ${patienceMs / 1000} s`)
  })
  never.catch(() => {})
  return Promise.race([answer, never]).finally(() => late.abort())
}

function unreachable(socket: string, error: unknown): Fix {
  const { code } = error as { code?: string }
  if (code === 'EACCES')
    return { missing: `leave to use ${socket}`, fix: 'sudo usermod -aG docker "$USER", and log in again' }
  if (code === 'ENOENT')
    return {
      missing: `a running engine (nothing is at ${socket})`,
      fix: 'apt-get install docker.io, then start it: systemctl start docker, or dockerd &',
    }
  return {
    missing: `a running engine (${socket}: ${engineText(error)})`,
    fix: 'start it: systemctl start docker, or dockerd &',
  }
}

/** Whether one API version, `1.41`, is below another. */
export function isOlder(found: string, wanted: string): boolean {
  const [major = 0, minor = 0] = found.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  return major !== wantedMajor ? major < wantedMajor : minor < wantedMinor
}
