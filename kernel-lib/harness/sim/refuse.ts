import { existsSync } from 'node:fs'
import type { Packaging } from '../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'
import { refuseGroup } from '../instances/refuse-group.ts'
import { programFile } from '../machine/program.ts'
import { refuseSimulation } from './refuse-size.ts'
import { refuseStart } from './refuse-start.ts'

/** What of the spec a simulation cannot give, each as `where: what; what to write instead`. */
export function refuse(spec: RunSpec, plan: Plan, packaging: Packaging): readonly string[] {
  return [
    ...refuseProgram(plan),
    ...refuseStart(spec, plan),
    ...spec.groups.flatMap((group, at) => refuseGroup(group, { at, plan, packaging, runner: 'sim' })),
    ...refuseSimulation(spec, { eachMb: plan.manifest.memoryMb }),
  ]
}

function refuseProgram(plan: Plan): readonly string[] {
  const { name, program } = plan.manifest
  const file = programFile(plan)
  if (file === null || !/\.[cm]?[jt]s$/.test(file))
    return [`plan ${name}: it brings no JavaScript program that could be simulated; write runner = "exec" or "docker"`]
  return existsSync(file) ? [] : [`plan ${name}: its program ${program} is not there; build it (npm run build)`]
}
