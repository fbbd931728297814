import { buildersFor, programBuilder } from '../../composition/packaging/builders.ts'
import type { Packaging } from '../../composition/packaging/packaging.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'
import { takenNames } from '../taken-names.ts'

interface Asked {
  readonly at: number
  readonly plan: Plan
  readonly packaging: Packaging
  /** Name of the harness. */
  readonly runner: string
}

type Group = RunSpec['groups'][number]

/** Refuses a builder whose artifacts the harness cannot use, a version that the plan does not offer and nothing builds, and a group that cannot name a folder. */
export function refuseGroup(group: Group, asked: Asked): readonly string[] {
  const { id } = group
  const refused = [...refuseBuilder(group, asked), ...refuseVersion(group, asked)]
  if (!/^[\w.-]+$/.test(id) || /^\.+$/.test(id) || takenNames.includes(id))
    refused.push(
      `groups[${asked.at}].id: "${id}" cannot name a folder of the run; write letters, digits, "-", "_" and ".", and none of ${takenNames.join(', ')}`,
    )
  return refused
}

function refuseBuilder({ id }: Group, { packaging, runner, plan }: Asked): readonly string[] {
  const builder = packaging.groups[id]?.builder ?? null
  const usable = buildersFor(runner)
  if (builder === null || usable.includes(builder)) return []
  const { program, builders } = plan.manifest
  const others = usable.filter((name) => name in builders || (name === programBuilder && program !== null))
  const instead =
    others.length === 0 ? `plan ${plan.manifest.name} declares no other` : `write builder = "${others.join('" or "')}"`
  return [`group "${id}": ${runner} cannot run what builder ${builder} makes; ${instead}, or another runner`]
}

function refuseVersion({ id, version }: Group, { at, packaging, plan }: Asked): readonly string[] {
  const { name, versions } = plan.manifest
  const builder = packaging.groups[id]?.builder ?? programBuilder
  if (version === '' || versions.includes(version) || builder !== programBuilder) return []
  const instead = versions.length > 0 ? `write one of ${versions.join(', ')}` : 'it offers none, remove it'
  return [`groups[${at}].version: plan ${name} does not offer "${version}"; ${instead}`]
}
