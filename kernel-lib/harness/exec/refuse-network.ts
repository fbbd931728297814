import { programBuilder } from '../../composition/packaging/builders.ts'
import type { Packaging } from '../../composition/packaging/packaging.ts'
import type { LinkShape, RunSpec } from '../../composition/spec.ts'
import type { Plan } from '../harness.ts'

const instead = 'runner = "docker" or "sim"'

/** What of a link stands where in a composition, and what a program that shapes it says in its manifest. */
const parts: readonly { readonly of: keyof LinkShape; readonly key: string; readonly shape: string }[] = [
  { of: 'latencyMs', key: 'latency_ms', shape: 'latency' },
  { of: 'jitterMs', key: 'jitter_ms', shape: 'jitter' },
  { of: 'bandwidthBps', key: 'bandwidth_bps', shape: 'bandwidth' },
  { of: 'loss', key: 'loss', shape: 'loss' },
  { of: 'corrupt', key: 'corrupt', shape: 'corrupt' },
  { of: 'reorder', key: 'reorder', shape: 'reorder' },
  { of: 'duplicate', key: 'duplicate', shape: 'duplicate' },
]

/** Refuses what the plan's program does not shape itself: nothing else shapes loopback without root, and a program cannot lose what TCP carries. */
export function refuseNetwork({ network, groups }: RunSpec, plan: Plan, packaging: Packaging): readonly string[] {
  if (network === null) return []
  const asked = parts.filter(({ of }) => network[of] > 0)
  const { name, shapes } = plan.manifest
  const foreign = groups.find(({ id }) => (packaging.groups[id]?.builder ?? programBuilder) !== programBuilder)
  if (asked.length > 0 && (shapes.length === 0 || foreign !== undefined)) {
    const who = shapes.length === 0 ? `plan ${name}` : `group "${foreign?.id}", which is not the plan's own program,`
    const shape = asked.map(({ of, key }) => `${key} = ${network[of]}`).join(', ')
    return [
      `network: ${who} does not shape what it sends, and exec cannot (${shape}); remove the network, or write ${instead}`,
    ]
  }
  return asked
    .filter(({ shape }) => !shapes.some((known) => known === shape))
    .map(
      ({ of, key }) =>
        `network.${key}: is ${network[of]}; plan ${name} shapes no more than ${shapes.join(', ')} of what it sends; write 0, or ${instead}`,
    )
}
