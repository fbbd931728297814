import { populationGroups } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'

/**
 * Refuses, on harnesses whose nodes all run, a network that begins with tables drawn from a seed and nodes that run no program.
 *
 * @param runner Name of the harness.
 * @returns One line each: `where: what; what to write instead`.
 */
export function refuseWarm(spec: RunSpec, runner: string): readonly string[] {
  return [
    ...(spec.start === null
      ? []
      : [`start: ${runner} cannot begin warm; write runner = "sim", or remove [start] and let the network bootstrap`]),
    ...populationGroups(spec).map(
      ({ id }) =>
        `group "${id}".program: ${runner} has no nodes that run no program; write runner = "sim", or remove it`,
    ),
  ]
}
