import type { Finding } from '../../harness.ts'
import { check } from '../check.ts'
import { engineSocket, openEngine } from '../engine.ts'
import { examineImages } from './images.ts'
import { examineLeftovers } from './leftovers.ts'
import { examineNeighbours } from './neighbours.ts'
import { examineShaping } from './shaping.ts'
import { examineSubnets } from './subnets.ts'

/** Looks at all that containers need of this machine; at the engine alone where there is none to ask further. */
export async function examine(): Promise<readonly Finding[]> {
  const missing = await check()
  if (missing.length > 0)
    return missing.map(({ missing: found, fix }) => ({
      what: 'engine',
      found: `lacks ${found}`,
      fix,
      blocks: true,
      mend: null,
    }))
  const engine = openEngine()
  const { Version, ApiVersion } = await engine.version()
  const found = `Docker ${Version}, API ${ApiVersion}, at ${engineSocket()}`
  return [
    { what: 'engine', found, fix: null, blocks: false, mend: null },
    await examineLeftovers(engine),
    await examineSubnets(engine),
    examineNeighbours(),
    await examineShaping(),
    await examineImages(engine),
  ]
}
