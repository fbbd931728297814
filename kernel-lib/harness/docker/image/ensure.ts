import { Readable } from 'node:stream'
import type Docker from 'dockerode'
import type { GroupSpec } from '../../../composition/spec.ts'
import type { Plan } from '../../harness.ts'
import { isAbsent } from '../engine.ts'
import { programIn } from '../program.ts'
import { archiveBytes, type ImagePlan, imageOf } from './archive.ts'
import { baseEntries, nodePath } from './base.ts'
import { layerOf } from './layer.ts'
import { packPlan } from './plan.ts'

/** An image that the engine has. */
export interface Image {
  readonly tag: string
  /** As the engine names it. */
  readonly id: string
  /** Sha256 of its configuration, hex. */
  readonly digest: string
  readonly command: readonly string[]
  /** False where the engine had it already. */
  readonly built: boolean
  readonly sizeBytes: number
}

/** The image of every group, by its id: one that several share is made once. */
export async function imagesOf(
  engine: Docker,
  groups: readonly GroupSpec[],
  plan: Plan,
): Promise<ReadonlyMap<string, Image>> {
  const found = programIn(plan)
  if ('refused' in found) throw new Error(found.refused)
  const image = await planImage(engine, plan, found.program)
  return new Map(groups.map(({ id }) => [id, image]))
}

/** The image of a plan, built where the engine lacks it: this machine's Node, the plan, and the packages that it needs. Same contents, same image. */
async function planImage(engine: Docker, plan: Plan, program: string): Promise<Image> {
  const { entries, command } = packPlan(plan, program)
  const layers = [await layerOf(await baseEntries()), await layerOf(entries)]
  const name = `plan-${plan.manifest.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  return { ...(await ensure(engine, imageOf(name, layers, command))), command }
}

/** The image that has this machine's Node alone. */
export async function baseImage(engine: Docker): Promise<Image> {
  const command = [nodePath]
  const layers = [await layerOf(await baseEntries())]
  return { ...(await ensure(engine, imageOf('node', layers, command))), command }
}

async function ensure(engine: Docker, image: ImagePlan): Promise<Omit<Image, 'command'>> {
  const { tag, digest } = image
  const had = await inspect(engine, tag)
  if (had !== null) return { tag, digest, id: had.Id, sizeBytes: had.Size, built: false }
  await load(engine, image)
  const has = await inspect(engine, tag)
  if (has === null) throw new Error(`the engine took image ${tag} and does not have it`)
  return { tag, digest, id: has.Id, sizeBytes: has.Size, built: true }
}

async function inspect(engine: Docker, tag: string): Promise<{ Id: string; Size: number } | null> {
  try {
    return await engine.getImage(tag).inspect()
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
