import type Docker from 'dockerode'
import type { RunSpec } from '../../../composition/spec.ts'
import { AbsentError } from '../../../errors.ts'
import { altersPackets, shapeOf } from '../../../network/shape.ts'
import { agentImage } from './image.ts'
import { type Agent, openAgent } from './open.ts'

/**
 * Opens the agent of a run.
 *
 * @throws AbsentError where this machine lacks what it is made of, or what would shape the network that the composition asks for.
 */
export async function openRunAgent(
  engine: Docker,
  { run, spec }: { readonly run: string; readonly spec: RunSpec },
): Promise<Agent> {
  const image = await agentImage(engine)
  const agent = await openAgent(engine, { run, image, seed: spec.seed })
  const { netem, said } = agent.facts
  const wanted = spec.network !== null && altersPackets(shapeOf(spec.network))
  if (!wanted || netem || image.noShaper === null) return agent
  agent.leave()
  throw new AbsentError(
    `network: this machine can shape no packets: its kernel has no netem (tc: ${said}; modprobe sch_netem), and ${image.noShaper}`,
  )
}
