import { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { isAbsent } from '../engine.ts'
import { archiveBytes, type ImagePlan, imageOf } from './archive.ts'
import { baseEntries, nodePath } from './base.ts'
import type { Image } from './image.ts'
import { type Layer, layerOf } from './layer.ts'

/** The image that has this machine's Node alone; `layer`, where it was made before, is what `baseEntries` gives. */
export async function baseImage(engine: Docker, layer?: Layer): Promise<Image> {
  return ensureImage(engine, imageOf('node', [layer ?? (await layerOf(await baseEntries()))], [nodePath]))
}

/** An image of layers of ours, made where the engine lacks it. */
export async function ensureImage(engine: Docker, image: ImagePlan): Promise<Image> {
  const { tag, digest, command } = image
  const had = await inspectImage(engine, tag)
  if (had === null) await load(engine, image)
  const has = had ?? (await inspectImage(engine, tag))
  if (has === null) throw new Error(`the engine took image ${tag} and does not have it`)
  return {
    tag,
    digest,
    command,
    id: has.Id,
    sizeBytes: has.Size,
    workingDir: null,
    runsAs: 'launcher',
    foreign: false,
    sdk: null,
    redis: false,
    built: had === null,
  }
}

/** What the engine knows of an image; null where it has none of that name. */
export async function inspectImage(engine: Docker, name: string): Promise<Docker.ImageInspectInfo | null> {
  try {
    return await engine.getImage(name).inspect()
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** The engine answers 200 and tells errors in the stream. */
async function load(engine: Docker, image: ImagePlan): Promise<void> {
  const answer = await engine.loadImage(Readable.from(archiveBytes(image), { objectMode: false }))
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  const failed = /"error":"((?:[^"\\]|\\.)*)"/.exec(text)
  if (failed) throw new Error(`the engine refused image ${image.tag}: ${failed[1]}`)
}
