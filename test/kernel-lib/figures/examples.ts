import { dialsPerLookup } from '../../../kernel-lib/figures/dials.ts'
import type { Figure } from '../../../kernel-lib/figures/figure.ts'
import { hopDistribution } from '../../../kernel-lib/figures/hop-distribution.ts'
import { lookupDiagram } from '../../../kernel-lib/figures/lookup-diagram.ts'
import { messagesPerLookup } from '../../../kernel-lib/figures/messages.ts'
import { latencyEcdf } from '../../../kernel-lib/figures/of-latency.ts'
import { progressPerHop } from '../../../kernel-lib/figures/progress.ts'
import { recallAtK } from '../../../kernel-lib/figures/recall.ts'
import { terminationReasons } from '../../../kernel-lib/figures/termination.ts'
import type { madeRun } from './made-run.ts'

/** Every figure from one made-up run. */
export async function figuresOf(data: ReturnType<typeof madeRun>): Promise<Figure[]> {
  return [
    hopDistribution(data),
    latencyEcdf(data),
    messagesPerLookup(data),
    dialsPerLookup(data),
    lookupDiagram(data),
    progressPerHop(data),
    terminationReasons(data),
    recallAtK(data),
  ]
}
