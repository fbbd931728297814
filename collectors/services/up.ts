import { type ComposeWords, compose, findCompose } from './compose.ts'
import { containersOf } from './containers.ts'
import { ensureImages } from './images.ts'
import type { ServiceName } from './names.ts'
import { choosePorts } from './ports.ts'
import { ServiceError } from './service-error.ts'
import { ensureSettings, type Settings, writeSettings } from './settings.ts'
import { writeSourced } from './sourced.ts'
import { waitFor } from './wait.ts'

/** What `up` is to do. */
export interface UpOptions {
  readonly names: readonly ServiceName[]
  /** Private folder of settings and credentials. */
  readonly folder: string
  /** Images instead of those that are pinned, as settings. */
  readonly images: Settings
  /** How long each may take to answer. */
  readonly withinMs: number
  /** Writes what Grafana reads to a folder. */
  readonly dashboards: (folder: string) => Promise<void>
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Starts services and waits until each answers. Those that run stay as they are, and so do credentials and ports.
 *
 * @throws AbsentError where Compose, the engine or an image is missing; ServiceError where one does not answer.
 */
export async function up(options: UpOptions): Promise<void> {
  const { names, folder, withinMs, signal } = options
  const way = await findCompose(signal)
  const settings = await settle(options)
  await ensureImages(way, names, { ...options, settings })
  if (names.includes('grafana')) await options.dashboards(settings.HOPLAB_GRAFANA_FOLDER ?? folder)
  await start(way, options, settings)
  await waitFor(names, settings, { withinMs, signal })
  const all = (await containersOf(settings)).filter(({ state }) => state === 'running')
  await writeSourced(
    folder,
    all.map(({ name }) => name),
    settings,
  )
}

/** Settings with ports for those that do not run yet. */
async function settle({ names, folder, images }: UpOptions): Promise<Settings> {
  const had = await ensureSettings(folder)
  const running = (await containersOf(had)).filter(({ state }) => state === 'running').map(({ name }) => name)
  const ports = await choosePorts(
    names.filter((name) => !running.includes(name)),
    had,
  )
  const settings = { ...had, ...ports, ...images }
  await writeSettings(folder, settings)
  return settings
}

async function start(way: ComposeWords, { names, folder, signal }: UpOptions, settings: Settings): Promise<void> {
  const { code, text } = await compose(way, ['up', '-d', '--no-build', ...names], { folder, settings, signal })
  if (code !== 0) throw new ServiceError(`${way.join(' ')} up failed:\n${text.trim()}`)
}
