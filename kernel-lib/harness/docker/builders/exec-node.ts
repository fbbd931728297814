import { packPlan } from '../image/plan.ts'
import { programIn } from '../program.ts'
import { type Builder, imageName } from './builder.ts'
import { packed } from './packed.ts'

/** Packs the program that a plan brings with the packages that it needs, as they are installed on this machine. */
export const execNode: Builder = {
  selects: false,
  refuse({ plan }) {
    const found = programIn(plan)
    return 'refused' in found ? [`plan ${plan.manifest.name}: ${found.refused}`] : []
  },
  async build({ plan }, workshop) {
    const found = programIn(plan)
    if ('refused' in found) throw new Error(found.refused)
    return packed({ name: imageName(plan), ...packPlan(plan, found.program) }, workshop)
  },
}
