import { existsSync } from 'node:fs'
import type { RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'
import { fileOf } from '../machine/program.ts'

/** Refuses a warm start of a plan that brings no program to make the identities with, or has not built it. */
export function refuseStart({ start }: RunSpec, plan: Plan): readonly string[] {
  if (start === null) return []
  const { name, identities } = plan.manifest
  if (identities === null)
    return [
      `start: plan ${name} cannot begin warm: its manifest names no program that makes identities; remove [start] and program = false, or give the manifest identities = "dist/identities.js"`,
    ]
  return existsSync(fileOf(plan, identities))
    ? []
    : [`start: plan ${name}: its program ${identities} is not there; build it (npm run build)`]
}
