import { instanceCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import { freeMemoryMb } from '../machine/memory.ts'

/** How many instances a harness can hold. */
export interface Room {
  /** What one takes, MB; 0 where nobody knows. */
  readonly eachMb: number
  /** Default: what this machine has free. MB */
  readonly freeMb?: number
  /** Most of them, whatever the memory. */
  readonly most: number
  /** Why no more: `a bridge carries 1023 containers`. */
  readonly whyMost: string
}

/** Refuses more instances than a harness has room for, in numbers. */
export function refuseSize(spec: RunSpec, { eachMb, freeMb = freeMemoryMb(), most, whyMost }: Room): readonly string[] {
  const count = instanceCount(spec)
  const fit = Math.min(most, eachMb > 0 ? Math.floor(freeMb / eachMb) : most)
  if (count <= fit) return []
  const taken = `${count} instances of ${eachMb} MB take ${count * eachMb} MB, ${Math.floor(freeMb)} MB are free`
  return [`groups: ${count > most ? whyMost : taken}; write counts that sum to at most ${fit}`]
}
