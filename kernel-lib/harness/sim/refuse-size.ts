import { instanceCount, nodeCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import { type Room, refuseSize } from '../instances/refuse-size.ts'
import { freeMemoryMb } from '../machine/memory.ts'
import { lastSeq, subnet } from './world/address.ts'

/** What a warm network takes beside its instances. */
export const warmMemory = {
  /** The process before it has a node, MB. */
  processMb: 40,
  /** A node of the population, whether it is made or not: its identity, its place and what is known of it. kB */
  nodeKb: 1,
} as const

/**
 * Refuses a simulation that does not fit into memory or its subnet, in numbers.
 *
 * @param room `eachMb`: what an instance takes. `freeMb`: default what this machine has free.
 */
export function refuseSimulation(spec: RunSpec, room: Pick<Room, 'eachMb' | 'freeMb'>): readonly string[] {
  const whyMost = `${subnet} has ${lastSeq} addresses`
  if (spec.start === null) return refuseSize(spec, { ...room, most: lastSeq, whyMost })
  const { eachMb, freeMb = freeMemoryMb() } = room
  const [nodes, instances] = [nodeCount(spec), instanceCount(spec)]
  const leftMb = freeMb - warmMemory.processMb - instances * eachMb
  const fit = Math.min(lastSeq, Math.floor((leftMb * 1000) / warmMemory.nodeKb))
  if (nodes <= fit) return []
  const takesMb = Math.ceil(warmMemory.processMb + instances * eachMb + (nodes * warmMemory.nodeKb) / 1000)
  const taken = `${nodes} nodes of ${warmMemory.nodeKb} kB, ${instances} instances of ${eachMb} MB and ${warmMemory.processMb} MB for the process take ${takesMb} MB, ${Math.floor(freeMb)} MB are free`
  const instead = fit > instances ? `write a total of at most ${fit}` : 'write fewer instances'
  return [`groups: ${nodes > lastSeq ? whyMost : taken}; ${instead}`]
}
