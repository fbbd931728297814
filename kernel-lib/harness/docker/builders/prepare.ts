import type { Packaging } from '../../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../../composition/spec.ts'
import type { PrepareOptions } from '../../harness.ts'
import { checkRedis } from '../../redis/check.ts'
import { openEngine } from '../engine.ts'
import { readSettings } from '../settings.ts'
import { type GroupImage, imagesOf } from './images.ts'

type Images = ReadonlyMap<string, GroupImage>

/** Images that are made before there is a run of them, so that a build that fails is no run. */
export interface PreparedImages {
  prepare(spec: RunSpec, options: PrepareOptions): Promise<void>
  /** What was prepared of a packaging, once; else it is made now. */
  take(spec: RunSpec, options: PrepareOptions): Promise<Images>
}

/** Remembers images between the preparation of a run and its opening. */
export function preparedImages(): PreparedImages {
  const prepared = new WeakMap<Packaging, Images>()
  return {
    async prepare(spec, options) {
      const images = await make(spec, options)
      if ([...images.values()].some(({ redis }) => redis)) await checkRedis()
      prepared.set(options.packaging, images)
    },
    async take(spec, options) {
      const images = prepared.get(options.packaging)
      prepared.delete(options.packaging)
      return images ?? make(spec, options)
    },
  }
}

function make({ groups }: RunSpec, { plan, packaging, signal, onNotice }: PrepareOptions): Promise<Images> {
  const { baseImage } = readSettings(packaging.settings).settings
  return imagesOf({ groups, plan, packaging }, { engine: openEngine(), baseImage, signal, onNotice })
}
