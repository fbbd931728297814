import type Docker from 'dockerode'
import { AbsentError } from '../../../errors.ts'
import { engineText, runLabels } from '../engine.ts'
import { controlCandidates, dataCandidates, firstFree, gatewayIn, type Range, rangeOf } from './subnets.ts'
import { takenRanges } from './taken.ts'

/** A network of one run. */
export interface Network {
  readonly id: string
  readonly name: string
  readonly subnet: string
  /** Address of this machine in it. */
  readonly gateway: string
}

/** Networks of one run, neither of which leads out of this machine: between instances, and from them to the launcher. */
export interface Networks {
  readonly data: Network
  readonly control: Network
}

/** Makes the networks of a run, in subnets that nothing on this machine uses. */
export async function openNetworks(engine: Docker, run: string): Promise<Networks> {
  const control = await openNetwork(engine, { run, role: 'control', candidates: controlCandidates })
  const data = await openNetwork(engine, { run, role: 'data', candidates: dataCandidates })
  return { data, control }
}

interface Wanted {
  readonly run: string
  readonly role: 'data' | 'control'
  readonly candidates: readonly string[]
}

/** Somebody else may take a subnet between our look and our request: then the engine refuses, and the next free one is tried. */
async function openNetwork(engine: Docker, { run, role, candidates }: Wanted): Promise<Network> {
  const refused: Range[] = []
  for (;;) {
    const subnet = firstFree(candidates, [...(await takenRanges(engine)), ...refused])
    if (subnet === null) throw await exhausted(engine, candidates)
    const name = `hoplab-${run}-${role}`
    const gateway = gatewayIn(subnet)
    try {
      const { id } = await engine.createNetwork({
        Name: name,
        Driver: 'bridge',
        Internal: true,
        Labels: runLabels(run),
        // Addresses that the engine picks itself stay below those that are computed from an instance's position.
        IPAM: {
          Config: [
            { Subnet: subnet, Gateway: gateway, ...(role === 'data' && { IPRange: subnet.replace('/16', '/24') }) },
          ],
        },
      })
      return { id, name, subnet, gateway }
    } catch (error) {
      const range = rangeOf(subnet)
      if (range === null || !/overlap|conflict/i.test(engineText(error))) throw error
      refused.push(range)
    }
  }
}

async function exhausted(engine: Docker, candidates: readonly string[]): Promise<AbsentError> {
  const names = (await engine.listNetworks())
    .map(({ Name }) => Name)
    .filter((name) => !['bridge', 'host', 'none'].includes(name))
  return new AbsentError(
    `docker needs a free subnet: ${candidates.length} from ${candidates[0]} to ${candidates.at(-1)} are all in use by routes of this machine and networks of the engine (${names.join(', ') || 'none'}); remove those that you do not need: docker network rm NAME`,
  )
}
