import type Docker from 'dockerode'
import { AbsentError } from '../../../errors.ts'
import { compileShaper } from '../../../network/shaper.ts'
import { imageOf } from '../image/archive.ts'
import { baseEntries, nodePath } from '../image/base.ts'
import { ensureImage } from '../image/ensure.ts'
import type { Image } from '../image/image.ts'
import { layerOf } from '../image/layer.ts'
import { moduleEntries } from '../image/modules.ts'
import type { Entry } from '../image/tar.ts'
import { copied, extensionEntries, toolEntries } from '../image/tools.ts'
import { shaperPath } from './paths.ts'

const root = '/hoplab'
const folder = 'harness/docker/agent'
const tools = [
  { name: 'ip', debian: 'iproute2' },
  { name: 'tc', debian: 'iproute2' },
  { name: 'nsenter', debian: 'util-linux' },
  { name: 'iptables', debian: 'iptables' },
]

/** The image that the agent runs in. */
export interface AgentImage extends Image {
  /** Why it has no user-space shaper, or null where it has one. */
  readonly noShaper: string | null
}

/**
 * The agent's image, made of this machine's own programs where the engine lacks it.
 *
 * @throws AbsentError that names what this machine lacks.
 */
export async function agentImage(engine: Docker): Promise<AgentImage> {
  const shaper = await shaperEntry()
  const own: readonly Entry[] = [
    ...(await toolEntries(tools)),
    ...extensionEntries(['libxt_NFQUEUE', 'libxt_standard']),
    ...moduleEntries([`${folder}/main.js`, `${folder}/probe.js`], root),
    ...(shaper.missing === null ? [shaper.entry] : []),
    { kind: 'folder', path: '/run', mode: 0o755 },
  ]
  const layers = [await layerOf(await baseEntries()), await layerOf(own)]
  const command = [nodePath, `${root}/${folder}/main.js`]
  return { ...(await ensureImage(engine, imageOf('agent', layers, command))), noShaper: shaper.missing }
}

type Shaper = { readonly missing: null; readonly entry: Entry } | { readonly missing: string }

async function shaperEntry(): Promise<Shaper> {
  try {
    return { missing: null, entry: copied(await compileShaper(), shaperPath, 0o755) }
  } catch (error) {
    if (error instanceof AbsentError) return { missing: error.message }
    throw error
  }
}
