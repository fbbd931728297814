import type Docker from 'dockerode'
import type { Finding } from '../../harness.ts'
import { imageLabel } from '../image/archive.ts'
import { baseImage } from '../image/ensure.ts'

/** Counts the images that hoplab made; the first run with containers makes what it needs. */
export async function examineImages(engine: Docker): Promise<Finding> {
  const images = await engine.listImages({ filters: { label: [imageLabel] } })
  if (images.length === 0)
    return {
      what: 'images',
      found: "none yet; the first run makes one from this machine's Node",
      fix: 'hoplab image base (or wait for the first run)',
      blocks: false,
      mend: async () => `made ${(await baseImage(engine)).tag}`,
    }
  return {
    what: 'images',
    found: `${images.length} made by hoplab; those that no run uses go by docker image prune --all --filter label=${imageLabel}`,
    fix: null,
    blocks: false,
    mend: null,
  }
}
