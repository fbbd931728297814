import type { Settings } from '../../composition/packaging/packaging.ts'
import { isTable } from '../../composition/toml.ts'

/** A limit of a process, as `ulimit` names it. */
export interface Ulimit {
  readonly name: string
  readonly soft: number
  readonly hard: number
}

/** What a composition asks of this harness. */
export interface DockerSettings {
  /** Image that others begin with; null for one of this machine's own Node. */
  readonly baseImage: string | null
  readonly ulimits: readonly Ulimit[]
  /** Port of each instance by its label. */
  readonly ports: Readonly<Record<string, number>>
  /** What programs are told as LOG_LEVEL; null where nothing is. */
  readonly logLevel: string | null
  /** Most instances that share a container. */
  readonly instancesPerContainer: number
}

/** Settings as they are understood, what is wrong in them, and the names of those that are passed over. */
export interface ReadSettings {
  readonly settings: DockerSettings
  /** Each as `where: what; what to write instead`. */
  readonly refused: readonly string[]
  readonly passedOver: readonly string[]
}

const known = ['base_image', 'ulimits', 'exposed_ports', 'log_level', 'instances_per_container', 'enabled']

/** Reads the settings of runner `docker`, Testground's too. */
export function readSettings(given: Settings, env = process.env): ReadSettings {
  const refused: string[] = []
  const settings = {
    baseImage: textOf(given, 'base_image', refused) ?? (env.HOPLAB_BASE_IMAGE || null),
    ulimits: ulimitsOf(given.ulimits, refused),
    ports: portsOf(given.exposed_ports, refused),
    logLevel: textOf(given, 'log_level', refused),
    instancesPerContainer: shareOf(given.instances_per_container, refused),
  }
  return { settings, refused, passedOver: Object.keys(given).filter((name) => !known.includes(name)) }
}

function textOf(given: Settings, key: string, refused: string[]): string | null {
  const value = given[key]
  if (value === undefined || value === '') return null
  if (typeof value === 'string') return value
  refused.push(`docker.${key}: is no text; write ${key} = "…"`)
  return null
}

function shareOf(given: unknown, refused: string[]): number {
  if (given === undefined) return 1
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 1) return given
  refused.push(`docker.instances_per_container: is ${String(given)}; write a whole number, 1 or more`)
  return 1
}

function ulimitsOf(given: unknown, refused: string[]): readonly Ulimit[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) {
    refused.push('docker.ulimits: is no list; write ulimits = ["nofile=1024:2048"]')
    return []
  }
  return given.flatMap((text): readonly Ulimit[] => {
    const [, name = '', soft = '', hard = soft] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(String(text)) ?? []
    if (name !== '' && (Number(hard) === -1 || Number(soft) <= Number(hard)))
      return [{ name, soft: Number(soft), hard: Number(hard) }]
    refused.push(`docker.ulimits: "${text}" is no limit; write name=soft:hard, as "nofile=1024:2048"`)
    return []
  })
}

function portsOf(given: unknown, refused: string[]): DockerSettings['ports'] {
  if (given === undefined) return {}
  if (!isTable(given)) {
    refused.push('docker.exposed_ports: is no table; write exposed_ports = { http = 8080 }')
    return {}
  }
  return Object.fromEntries(
    Object.entries(given).flatMap(([label, value]): [string, number][] => {
      const port = Number(value)
      if (/^[A-Za-z_]\w*$/.test(label) && Number.isInteger(port) && port > 0 && port < 65_536) return [[label, port]]
      refused.push(
        `docker.exposed_ports.${label}: is ${String(value)}; write a label of letters and a port, http = 8080`,
      )
      return []
    }),
  )
}
