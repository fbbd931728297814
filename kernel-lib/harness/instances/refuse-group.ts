import type { RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'
import { takenNames } from '../taken-names.ts'

/** Refuses a version that the plan does not offer, and a group that cannot name a folder. */
export function refuseGroup(
  { id, version }: RunSpec['groups'][number],
  { at, plan }: { at: number; plan: Plan },
): readonly string[] {
  const { name, versions } = plan.manifest
  const refused: string[] = []
  if (version !== '' && !versions.includes(version))
    refused.push(
      `groups[${at}].version: plan ${name} does not offer "${version}"; ${versions.length > 0 ? `write one of ${versions.join(', ')}` : 'it offers none, remove it'}`,
    )
  if (!/^[\w.-]+$/.test(id) || /^\.+$/.test(id) || takenNames.includes(id))
    refused.push(
      `groups[${at}].id: "${id}" cannot name a folder of the run; write letters, digits, "-", "_" and ".", and none of ${takenNames.join(', ')}`,
    )
  return refused
}
