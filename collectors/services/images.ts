import { readFile } from 'node:fs/promises'
import { AbsentError, InputError } from 'hoplab'
import { openEngine } from 'hoplab/harness/docker/engine.ts'
import { inspectImage } from 'hoplab/harness/docker/image/ensure.ts'
import { type ComposeWords, compose, composeFile } from './compose.ts'
import { imageSetting, type ServiceName, serviceNames, servicesOf } from './names.ts'
import type { Settings } from './settings.ts'

/**
 * Images that are to stand for those of compose.yaml, as settings: of words such as `s3=NAME`, else of the environment's HOPLAB_IMAGE_S3 and so on.
 *
 * @throws InputError for a word that is not of this form.
 */
export function givenImages(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Settings {
  const told = words.map((word) => {
    const [, name = '', image] = /^([^=]+)=(\S+)$/.exec(word) ?? []
    if (image === undefined)
      throw new InputError(`--image ${word}: write SERVICE=IMAGE, as in s3=versity/versitygw:v1.8.0`)
    const [service = 's3'] = servicesOf([name])
    return [imageSetting(service), image] as const
  })
  const around = serviceNames.map(imageSetting).flatMap((name) => {
    const image = env[name]
    return image === undefined || image === '' ? [] : [[name, image] as const]
  })
  return Object.fromEntries([...around, ...told])
}

/** The image of a service: the one that was set, else the one that compose.yaml pins. */
export async function imageOf(name: ServiceName, settings: Settings): Promise<string> {
  const key = imageSetting(name)
  const pinned = new RegExp(`\\$\\{${key}:-([^}]+)\\}`).exec(await readFile(composeFile(), 'utf8'))?.[1]
  const image = settings[key] ?? pinned
  if (image === undefined) throw new Error(`${composeFile()} pins no ${key}`)
  return image
}

interface Pulling {
  readonly folder: string
  readonly settings: Settings
  readonly signal: AbortSignal
  readonly tell: (line: string) => void
}

/**
 * Pulls the images that the engine lacks.
 *
 * @throws AbsentError that names the settings where one cannot be had.
 */
export async function ensureImages(way: ComposeWords, names: readonly ServiceName[], pulling: Pulling): Promise<void> {
  const engine = openEngine()
  for (const name of names) {
    const image = await imageOf(name, pulling.settings)
    if ((await inspectImage(engine, image)) !== null) continue
    pulling.tell(`${name}: pulling ${image}`)
    const { code, text } = await compose(way, ['pull', name], pulling)
    if (code !== 0 || (await inspectImage(engine, image)) === null)
      throw new AbsentError(
        `${name}: the engine has no image ${image}, and it cannot be pulled (${reason(text)}); write --image ${name}=IMAGE or set ${imageSetting(name)} to one that the engine or your registry has`,
      )
  }
}

/** The line that says why. */
function reason(text: string): string {
  const lines = text
    .split(/[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (
    lines.findLast((line) => /error|denied|refused|not found|no such/i.test(line)) ?? lines.at(-1) ?? 'no reason given'
  )
}
