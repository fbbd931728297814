import { existsSync } from 'node:fs'
import type { Packaging } from '../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../composition/spec.ts'
import { goOrder } from '../build/go/order.ts'
import type { Plan } from '../harness.ts'
import { refuseGroup } from '../instances/refuse-group.ts'
import { refuseSize } from '../instances/refuse-size.ts'
import { refuseWarm } from '../instances/refuse-warm.ts'
import { refuseWorld } from '../instances/refuse-world.ts'
import { programFile } from '../machine/program.ts'
import { lastSeq, subnet } from './address.ts'
import { refuseNetwork } from './refuse-network.ts'

/** What of the spec processes on this machine cannot give, each as `where: what; what to write instead`. */
export function refuse(spec: RunSpec, plan: Plan, packaging: Packaging): readonly string[] {
  return [
    ...refuseBuilds(spec, plan, packaging),
    ...refuseNetwork(spec, plan, packaging),
    ...spec.groups.flatMap((group, at) => refuseGroup(group, { at, plan, packaging, runner: 'exec' })),
    ...refuseWorld(spec, 'exec'),
    ...refuseWarm(spec, 'exec'),
    ...refuseSize(spec, {
      eachMb: plan.manifest.memoryMb,
      most: lastSeq,
      whyMost: `${subnet} has ${lastSeq} addresses`,
    }),
  ]
}

/** Whether what the groups run is there, or can be built. */
function refuseBuilds({ groups }: RunSpec, plan: Plan, packaging: Packaging): readonly string[] {
  const refused = groups.flatMap(({ id }) => {
    const build = packaging.groups[id]
    if (build?.builder !== 'exec:go') return refuseProgram(plan)
    const found = goOrder(plan.folder, build)
    return 'refused' in found ? found.refused.map((line) => `builder exec:go: ${line}`) : []
  })
  return [...new Set(refused)]
}

function refuseProgram(plan: Plan): readonly string[] {
  const { name, program } = plan.manifest
  const file = programFile(plan)
  if (file === null)
    return [`plan ${name}: it brings no program that exec can start; give its manifest one, or write another runner`]
  return existsSync(file) ? [] : [`plan ${name}: its program ${program} is not there; build it (npm run build)`]
}
