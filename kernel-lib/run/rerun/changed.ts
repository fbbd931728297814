import { existsSync } from 'node:fs'
import { sha256Of } from '../../harness/build/digest.ts'
import type { Plan } from '../../harness/harness.ts'
import { programFile } from '../../harness/machine/program.ts'
import type { RunRecord } from '../record.ts'
import { versionsOf } from '../versions.ts'

/** What is not as it was when a run was recorded, each as `node 20.19.0, now 22.1.0`: versions, and the plan's program by its sha256. */
export async function changedSince({ versions, placement }: RunRecord, plan: Plan): Promise<readonly string[]> {
  const now = versionsOf(plan)
  const names = [...new Set([...Object.keys(versions), ...Object.keys(now)])]
  const changed = names.filter((name) => versions[name] !== now[name])
  return [
    ...changed.map((name) => `${name} ${versions[name] ?? 'absent'}, now ${now[name] ?? 'absent'}`),
    ...(await changedProgram(placement, plan)),
  ]
}

async function changedProgram(placement: RunRecord['placement'], plan: Plan): Promise<readonly string[]> {
  const then = placement?.programSha256
  const file = programFile(plan)
  if (typeof then !== 'string' || file === null || !existsSync(file)) return []
  const now = await sha256Of(file)
  return then === now ? [] : [`program ${plan.manifest.program} ${then.slice(0, 8)}, now ${now.slice(0, 8)} (sha256)`]
}
