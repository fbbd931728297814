import { rm } from 'node:fs/promises'
import { openEngine } from 'hoplab/harness/docker/engine.ts'
import { compose, findCompose } from './compose.ts'
import { containersOf } from './containers.ts'
import { ServiceError } from './service-error.ts'
import { readSettings, setting, settingsFile } from './settings.ts'
import { sourcedFile } from './sourced.ts'

/** What `down` is to do. */
export interface DownOptions {
  readonly folder: string
  /** Whether data and credentials go too. */
  readonly volumes: boolean
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

/** What went: what `--json` prints. */
export interface WentDown {
  readonly schema: 'hoplab/services-down/1'
  readonly folder: string
  /** Services that had a container. */
  readonly ended: readonly string[]
  /** Volumes that were removed, with all data in them. */
  readonly volumes: readonly string[]
}

/**
 * Ends the services of a folder and removes their containers and network; data stay, unless `volumes` says otherwise.
 *
 * @throws AbsentError where Compose or the engine is missing.
 */
export async function down({ folder, volumes, tell, signal }: DownOptions): Promise<WentDown> {
  const schema = 'hoplab/services-down/1'
  const settings = await readSettings(folder)
  if (settings === null) return { schema, folder, ended: [], volumes: [] }
  const way = await findCompose(signal)
  const ended = (await containersOf(settings)).map(({ name }) => name)
  const held = volumes ? await volumesOf(setting(settings, 'COMPOSE_PROJECT_NAME')) : []
  if (volumes) tell(`removing the data (volumes ${held.join(', ') || 'none'}) and the credentials in ${folder}`)
  const words = ['down', ...(volumes ? ['--volumes'] : [])]
  const { code, text } = await compose(way, words, { folder, settings, signal })
  if (code !== 0) throw new ServiceError(`${way.join(' ')} down failed:\n${text.trim()}`)
  await rm(sourcedFile(folder), { force: true })
  if (volumes) await forget(folder, settings.HOPLAB_GRAFANA_FOLDER)
  return { schema, folder, ended, volumes: held }
}

async function volumesOf(project: string): Promise<readonly string[]> {
  const { Volumes } = await openEngine().listVolumes({
    filters: JSON.stringify({ label: [`hoplab.services=${project}`] }),
  })
  return Volumes.map(({ Name }) => Name).sort()
}

async function forget(folder: string, grafana: string | undefined): Promise<void> {
  if (grafana?.startsWith(`${folder}/`)) await rm(grafana, { recursive: true, force: true })
  await rm(settingsFile(folder), { force: true })
}
