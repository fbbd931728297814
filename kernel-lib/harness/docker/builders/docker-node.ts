import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '../../harness.ts'
import { nodePath } from '../image/base.ts'
import { packPackage } from '../image/plan.ts'
import { type Builder, imageName, type Order } from './builder.ts'
import { packed } from './packed.ts'

/**
 * Packs a plan that is a package, with the packages that it needs as they are installed on this machine, and runs what `npm start` would.
 * Testground installs them in the image, from a registry; the setting `base_image` is as there.
 */
export const dockerNode: Builder = {
  selects: false,
  refuse({ plan, build }) {
    const start = startOf(plan)
    if (start === null) return [`plan ${plan.manifest.name} has no package.json with scripts.start; write one`]
    if (baseOf(build) !== null || programOf(start) !== null) return []
    return [`scripts.start is "${start}", which needs a shell; write node FILE, or base_image with a shell and Node`]
  },
  async build({ plan, build }, workshop) {
    const start = startOf(plan) ?? ''
    const baseImage = baseOf(build) ?? workshop.baseImage
    const program = programOf(start)
    const { entries, folder } = packPackage(plan)
    const command = program === null ? ['sh', '-c', start] : [nodePath, ...program]
    // The SDK of Testground writes to the folder in which it is started.
    const own = { kind: 'folder', path: folder, mode: 0o777 } as const
    const image = await packed(
      { name: imageName(plan), entries: [...entries, own], command },
      { ...workshop, baseImage },
    )
    return { ...image, workingDir: folder }
  },
}

function baseOf({ config }: Order['build']): string | null {
  return typeof config.base_image === 'string' ? config.base_image : null
}

function startOf({ folder }: Plan): string | null {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return null
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: { start?: unknown } }
  return typeof scripts?.start === 'string' ? scripts.start : null
}

/** What is given to Node by a start script that does nothing else; null where it needs a shell. */
function programOf(start: string): readonly string[] | null {
  const [first, ...rest] = start.trim().split(/\s+/)
  return first === 'node' && rest.length > 0 && !/["'`$&|;<>*?(){}\\=~#]/.test(start) ? rest : null
}
