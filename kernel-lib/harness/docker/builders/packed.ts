import { canonicalJson } from '../../../composition/hash.ts'
import { AbsentError } from '../../../errors.ts'
import { buildImage } from '../dockerfile/build.ts'
import { imageOf } from '../image/archive.ts'
import { baseEntries, nodePath } from '../image/base.ts'
import { baseImage, ensureImage, inspectImage } from '../image/ensure.ts'
import type { Image } from '../image/image.ts'
import { inOrder, layerOf } from '../image/layer.ts'
import { type Entry, fileEntry } from '../image/tar.ts'
import type { Workshop } from './builder.ts'

/** Files put on a base image, and what is run there. */
export interface Pack {
  readonly name: string
  readonly entries: readonly Entry[]
  readonly command: readonly string[]
}

/** An image of a base and some files: on this machine's own Node they are layers that no engine has to build, on another image a Dockerfile of two lines. */
export async function packed(pack: Pack, workshop: Workshop): Promise<Image> {
  return workshop.baseImage === null ? onOwnBase(pack, workshop) : onBase(pack, workshop.baseImage, workshop)
}

async function onOwnBase({ name, entries, command }: Pack, workshop: Workshop): Promise<Image> {
  const base = await layerOf(await baseEntries())
  tellBase(await baseImage(workshop.engine, base), workshop)
  return ensureImage(workshop.engine, imageOf(name, [base, await layerOf(entries)], command))
}

/** Says that the base image was made, where it was. */
export function tellBase({ built, tag, sizeBytes }: Image, { onNotice }: Workshop): void {
  if (built) onNotice(`made base image ${tag} of this machine's own Node, ${Math.round(sizeBytes / 1e6)} MB`)
}

async function onBase(pack: Pack, base: string, workshop: Workshop): Promise<Image> {
  const { name, entries } = pack
  // Where Node is in somebody else's image its own PATH says.
  const command = pack.command.map((word) => (word === nodePath ? 'node' : word))
  const found = await inspectImage(workshop.engine, base)
  if (found === null)
    throw new AbsentError(
      `docker needs base image ${base}, which the engine does not have, and hoplab pulls none: docker pull ${base}, or leave base_image out`,
    )
  const order = {
    name,
    context: [
      fileEntry('/Dockerfile', `FROM ${base}\nCOPY rootfs/ /\nENTRYPOINT []\nCMD ${canonicalJson(command)}\n`),
      ...inOrder(entries).map((entry) => ({ ...entry, path: `/rootfs${entry.path}` })),
    ],
    dockerfile: 'Dockerfile',
    args: {},
    bases: [found.Id],
    about: `base image ${base}`,
  }
  return { ...(await buildImage(order, workshop)), command, runsAs: 'launcher' }
}
