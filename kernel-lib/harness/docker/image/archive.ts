import { createHash } from 'node:crypto'
import type { Layer } from './layer.ts'
import { fileEntry, tarBytes, tarHeader } from './tar.ts'

/** Label of every image that hoplab makes; its value is the image's name. */
export const imageLabel = 'hoplab.image'

/** An image that is known before anything of it is written. */
export interface ImagePlan {
  /** `hoplab/<name>:<begin of the digest>`. */
  readonly tag: string
  /** Sha256 of the image's configuration, which names the digests of its layers: equal inputs have equal digests on every machine. Hex. */
  readonly digest: string
  readonly config: string
  readonly command: readonly string[]
  readonly layers: readonly Layer[]
}

const architectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  s390x: 's390x',
  ppc64: 'ppc64le',
}
const epoch = '1970-01-01T00:00:00Z'

/** An image of some layers, for this machine's processor. */
export function imageOf(name: string, layers: readonly Layer[], command: readonly string[]): ImagePlan {
  const config = JSON.stringify({
    architecture: architectures[process.arch] ?? process.arch,
    os: 'linux',
    created: epoch,
    config: {
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin'],
      Cmd: command,
      WorkingDir: '/temp',
      Labels: { [imageLabel]: name },
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ sha256 }) => `sha256:${sha256}`) },
    history: layers.map(() => ({ created: epoch, created_by: 'hoplab' })),
  })
  const digest = createHash('sha256').update(config).digest('hex')
  return { tag: `hoplab/${name}:${digest.slice(0, 16)}`, digest, config, command, layers }
}

/** Bytes of an image as `docker load` takes them. */
export async function* archiveBytes({ tag, digest, config, layers }: ImagePlan): AsyncGenerator<Uint8Array> {
  for (const { sha256, sizeBytes, entries } of layers) {
    // A tar is a whole number of blocks, so it needs no padding inside another.
    yield tarHeader({ name: layerFile(sha256), target: '', type: '0', mode: 0o644, size: sizeBytes })
    yield* tarBytes(entries)
  }
  const manifest = [
    { Config: `${digest}.json`, RepoTags: [tag], Layers: layers.map(({ sha256 }) => layerFile(sha256)) },
  ]
  yield* tarBytes([fileEntry(`/${digest}.json`, config), fileEntry('/manifest.json', JSON.stringify(manifest))])
}

function layerFile(sha256: string): string {
  return `${sha256}.tar`
}
