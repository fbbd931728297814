import { canonicalJson } from '../../../composition/hash.ts'
import { programBuilder } from '../../../composition/packaging/builders.ts'
import type { GroupPackaging, Packaging } from '../../../composition/packaging/packaging.ts'
import type { GroupSpec } from '../../../composition/spec.ts'
import type { Plan } from '../../harness.ts'
import type { Image } from '../image/image.ts'
import type { Order, Workshop } from './builder.ts'
import { builderOf } from './builders.ts'

/** What images are made of. */
export interface Wanted {
  readonly groups: readonly GroupSpec[]
  readonly plan: Plan
  readonly packaging: Packaging
}

/** A group's image, with the name of its builder. */
export interface GroupImage extends Image {
  readonly builder: string
}

/** The image of every group, by its id: groups that are built alike share one. */
export async function imagesOf(
  { groups, plan, packaging }: Wanted,
  workshop: Workshop,
): Promise<ReadonlyMap<string, GroupImage>> {
  const made = new Map<string, GroupImage>()
  const images = new Map<string, GroupImage>()
  for (const { id } of groups) {
    const packed = packaging.groups[id]
    if (packed === undefined) throw new Error(`group ${id} has no packaging`)
    const { resources, ...build } = packed
    const name = build.builder ?? programBuilder
    const key = canonicalJson({ ...build, builder: name })
    const image = made.get(key) ?? (await make(name, { group: id, plan, build }, workshop))
    made.set(key, image)
    images.set(id, image)
  }
  return images
}

async function make(name: string, order: Order, workshop: Workshop): Promise<GroupImage> {
  const builder = builderOf(name)
  if (builder === null) throw new Error(`there is no builder ${name}`)
  const { selectors, dependencies } = order.build
  if (!builder.selects && selectors.length + dependencies.length > 0)
    workshop.onNotice(
      `builder ${name} takes no selectors and dependencies: those of group "${order.group}" change nothing`,
    )
  const image = await builder.build(order, workshop)
  // What a Dockerfile makes nobody can look into: whoever writes the plan or the composition says so.
  return { ...image, redis: image.redis || order.build.config.redis === true, builder: name }
}

/** What of the groups' builds cannot be done, each as `group "a": builder: what; what to write instead`. */
export function refuseImages({ groups, plan, packaging }: Wanted): readonly string[] {
  const lines = groups.flatMap(({ id }) => {
    const build: GroupPackaging | undefined = packaging.groups[id]
    const name = build?.builder ?? programBuilder
    const refused = build === undefined ? [] : builderOf(name)?.refuse({ group: id, plan, build })
    return (refused ?? [`there is no such builder here`]).map((line) => `builder ${name}: ${line}`)
  })
  return [...new Set(lines)]
}
