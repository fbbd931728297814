import { measureAgainstShare } from '../../../kernel-lib/figures/against-share.ts'
import { bucketFill } from '../../../kernel-lib/figures/bucket-fill.ts'
import { comparison } from '../../../kernel-lib/figures/comparison.ts'
import { dialsPerLookup } from '../../../kernel-lib/figures/dials.ts'
import type { Figure } from '../../../kernel-lib/figures/figure/figure.ts'
import { hopDistribution } from '../../../kernel-lib/figures/hop-distribution.ts'
import { inDegreeDistribution } from '../../../kernel-lib/figures/in-degree.ts'
import { latencyEcdf, latencyEcdfs } from '../../../kernel-lib/figures/latency-curves.ts'
import { latencyScatter } from '../../../kernel-lib/figures/latency-scatter.ts'
import { lookupDiagram } from '../../../kernel-lib/figures/lookup-diagram.ts'
import { messagesPerLookup } from '../../../kernel-lib/figures/messages.ts'
import { neighbourhoodKnown } from '../../../kernel-lib/figures/neighbourhood.ts'
import { progressPerHop } from '../../../kernel-lib/figures/progress.ts'
import { recallAtK } from '../../../kernel-lib/figures/recall.ts'
import { routingGraph } from '../../../kernel-lib/figures/routing-graph.ts'
import { terminationReasons } from '../../../kernel-lib/figures/termination.ts'
import type { madeRun } from './made-run.ts'

type Run = ReturnType<typeof madeRun>

/** Every figure from a made-up run and another to compare it with. */
export async function figuresOf(data: Run, other: Run): Promise<Figure[]> {
  return [
    hopDistribution(data),
    latencyEcdf(data),
    messagesPerLookup(data),
    dialsPerLookup(data),
    lookupDiagram(data),
    progressPerHop(data),
    terminationReasons(data),
    recallAtK(data),
    bucketFill(data),
    inDegreeDistribution(data),
    routingGraph(data),
    neighbourhoodKnown(data),
    comparison(data, other, { margin: 0.1 }),
    latencyEcdfs({ baseline: data, candidate: other }),
    await latencyScatter(data),
    measureAgainstShare(places(data, other), { measure: 'D2', of: 'nodes behind routers', askers }),
    measureAgainstShare(places(data, other), { measure: 'R4', of: 'nodes behind routers' }),
  ]
}

const askers = { 'asked by open nodes': ['single'], 'asked from behind a router': ['single'] }

function places(data: Run, other: Run) {
  return [
    { share: 0.95, data: other },
    { share: 0, data },
  ]
}
