import { containersOf } from './containers.ts'
import { imageOf } from './images.ts'
import { portSetting, type ServiceName, serviceNames } from './names.ts'
import { inTime } from './servers/in-time.ts'
import { servers } from './servers/servers.ts'
import { readSettings, type Settings, setting } from './settings.ts'
import { sourcedFile, type Uses, usesOf } from './sourced.ts'
import { reasonOf } from './wait.ts'

/** How a service does. */
export interface ServiceStatus {
  readonly name: ServiceName
  /** `absent`: it has no container; `ended`: its container does not run; `unhealthy`: it runs and does not answer as it should. */
  readonly state: 'healthy' | 'unhealthy' | 'ended' | 'absent'
  readonly address: string | null
  /** What the server says, else the tag of its image; null where it does not run. */
  readonly version: string | null
  readonly image: string
  /** What is wrong; null where nothing is. */
  readonly problem: string | null
}

/** How the services of a folder do: what `--json` prints. */
export interface ServicesStatus {
  readonly schema: 'hoplab/services/1'
  readonly folder: string
  readonly project: string
  /** File of credentials and addresses for a shell. */
  readonly env: string
  readonly uses: Uses
  readonly services: readonly ServiceStatus[]
}

/** Looks how the services of a folder do; null where nothing was ever started from it. */
export async function statusOf(folder: string): Promise<ServicesStatus | null> {
  const settings = await readSettings(folder)
  if (settings === null) return null
  const containers = await containersOf(settings)
  const services = await Promise.all(
    serviceNames.map(async (name): Promise<ServiceStatus> => {
      const image = await imageOf(name, settings)
      const container = containers.find((one) => one.name === name)
      const none = { name, image, address: null, version: null }
      if (container === undefined) return { ...none, state: 'absent', problem: null }
      if (container.state !== 'running') return { ...none, state: 'ended', problem: container.status }
      return running(name, image, settings)
    }),
  )
  const live = services.filter(({ address }) => address !== null).map(({ name }) => name)
  return {
    schema: 'hoplab/services/1',
    folder,
    project: setting(settings, 'COMPOSE_PROJECT_NAME'),
    env: sourcedFile(folder),
    uses: usesOf(live, settings),
    services,
  }
}

async function running(name: ServiceName, image: string, settings: Settings): Promise<ServiceStatus> {
  const port = Number(setting(settings, portSetting(name)))
  const address = servers[name].address(port)
  const tag = /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1] ?? null
  try {
    const version = await inTime(servers[name].ask(port, settings))
    return { name, state: 'healthy', address, version: version ?? tag, image, problem: null }
  } catch (error) {
    return { name, state: 'unhealthy', address, version: tag, image, problem: reasonOf(error) }
  }
}
