import type Docker from 'dockerode'
import type { Finding } from '../../harness.ts'
import { abandonedRuns, removeAbandoned } from '../remove.ts'

/** Looks for containers and networks of runs whose launcher is gone. */
export async function examineLeftovers(engine: Docker): Promise<Finding> {
  const runs = await abandonedRuns(engine)
  if (runs.length === 0) return { what: 'leftovers', found: 'none', fix: null, blocks: false, mend: null }
  return {
    what: 'leftovers',
    found: `of ${runs.length} run${runs.length === 1 ? '' : 's'} whose launcher is gone: ${runs.join(', ')}`,
    fix: 'hoplab healthcheck --runner docker --fix',
    blocks: false,
    mend: async () => (await removeAbandoned(engine)) ?? 'were gone already',
  }
}
