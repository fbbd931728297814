import type Docker from 'dockerode'
import type { Finding } from '../../harness.ts'
import { controlCandidates, dataCandidates, isFree } from '../network/subnets.ts'
import { takenRanges } from '../network/taken.ts'

/** Counts the subnets that a run may still take. */
export async function examineSubnets(engine: Docker): Promise<Finding> {
  const taken = await takenRanges(engine)
  const free = (candidates: readonly string[]): number => candidates.filter((one) => isFree(one, taken)).length
  const [data, control] = [free(dataCandidates), free(controlCandidates)]
  const exhausted = data === 0 || control === 0
  return {
    what: 'subnets',
    found: `${data} of ${dataCandidates.length} free for instances, ${control} of ${controlCandidates.length} for control; each run takes one of both`,
    fix: exhausted ? 'remove networks that nobody uses: docker network prune, or docker network rm NAME' : null,
    blocks: exhausted,
    mend: null,
  }
}
