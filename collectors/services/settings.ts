import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** What compose.yaml asks for, by name; the value of each is one line. */
export type Settings = Readonly<Record<string, string>>

/** The private folder of the services: `hoplab/services` in `$XDG_DATA_HOME` or `~/.local/share`, or the one that is named. */
export function servicesFolder(named?: string): string {
  return resolve(named ?? join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'hoplab', 'services'))
}

/** The file of a folder that compose is given. */
export const settingsFile = (folder: string): string => join(folder, 'settings.env')

/** The settings of a folder; null where nothing was ever started from it. */
export async function readSettings(folder: string): Promise<Settings | null> {
  const text = await readFile(settingsFile(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : parse(text)
}

/** The settings of a folder, with new random credentials where it has none; two who ask at once get the same. */
export async function ensureSettings(folder: string): Promise<Settings> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const found = await readSettings(folder)
  if (found !== null) return found
  const temp = await written(folder, fresh(folder))
  await link(temp, settingsFile(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(temp)
  return (await readSettings(folder)) ?? ensureSettings(folder)
}

/** Puts settings in the place of those that are there. */
export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await rename(await written(folder, settings), settingsFile(folder))
}

async function written(folder: string, settings: Settings): Promise<string> {
  const temp = join(folder, `.${randomUUID()}.tmp`)
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  await writeFile(temp, lines.join(''), { mode: 0o600, flag: 'wx' })
  return temp
}

/** Each folder has a project of its own, so that two users of one engine do not meet. */
function fresh(folder: string): Settings {
  const secret = (): string => randomBytes(24).toString('hex')
  return {
    COMPOSE_PROJECT_NAME: `hoplab-services-${createHash('sha256').update(folder).digest('hex').slice(0, 10)}`,
    HOPLAB_S3_ACCESS_KEY: `hoplab${randomBytes(7).toString('hex')}`,
    HOPLAB_S3_SECRET_KEY: secret(),
    HOPLAB_INFLUXDB_PASSWORD: secret(),
    HOPLAB_GRAFANA_PASSWORD: secret(),
    HOPLAB_GRAFANA_FOLDER: join(folder, 'grafana'),
  }
}

function parse(text: string): Settings {
  const pairs = text.split('\n').flatMap((line) => {
    const [, name, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(pairs)
}

/**
 * A setting that must be there.
 *
 * @throws Error where somebody took it out of the file.
 */
export function setting(settings: Settings, name: string): string {
  const value = settings[name]
  if (value === undefined || value === '')
    throw new Error(`settings.env has no ${name}; hoplab services down --volumes removes it and what it was for`)
  return value
}
