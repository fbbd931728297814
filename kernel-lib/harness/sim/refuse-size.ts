import { instanceCount, nodeCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import { type Room, refuseSize } from '../instances/refuse-size.ts'
import { freeMemoryMb } from '../machine/memory.ts'
import { lastSeq, subnet } from './world/address.ts'

/** What a warm network takes beside its instances: 1,000 nodes of plan `dht`, all made, took 450 MB. */
export const warmMemory = {
  /** The process before it has a node, MB. */
  processMb: 70,
  /** A node of the population, whether it is made or not: its identity, its place and what is known of it. kB */
  nodeKb: 1,
  /** What it takes beside that while it is made, kB. */
  madeKb: 300,
  /** Nodes that are made at once: one that nobody asks leaves after a while. */
  mostMade: 5000,
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
  const { processMb, nodeKb, madeKb } = warmMemory
  const [nodes, instances] = [nodeCount(spec), instanceCount(spec)]
  const aside = processMb + instances * eachMb
  const fit = Math.min(lastSeq, instances + nodesIn(freeMb - aside))
  if (nodes <= fit) return []
  const others = nodes - instances
  const made = Math.min(others, warmMemory.mostMade)
  const takesMb = Math.ceil(aside + (others * nodeKb + made * madeKb) / 1000)
  const taken = `${others} nodes of ${nodeKb} kB, ${made} of them made at once (${madeKb} kB more each), ${instances} instances of ${eachMb} MB and ${processMb} MB for the process take ${takesMb} MB, ${Math.floor(freeMb)} MB are free`
  const instead = fit > instances ? `write a total of at most ${fit}` : 'write fewer instances'
  return [`groups: ${nodes > lastSeq ? whyMost : taken}; ${instead}`]
}

/** How many nodes of the population so much memory holds. */
function nodesIn(leftMb: number): number {
  const { nodeKb, madeKb, mostMade } = warmMemory
  const leftKb = Math.max(0, leftMb * 1000)
  const allMade = Math.floor(leftKb / (nodeKb + madeKb))
  return allMade <= mostMade ? allMade : Math.floor((leftKb - mostMade * madeKb) / nodeKb)
}
