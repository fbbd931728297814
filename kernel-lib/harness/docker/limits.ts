import type { Manifest } from '../../composition/manifest.ts'
import type { Resources } from '../../composition/packaging/packaging.ts'

const mib = 1024 * 1024
/** What Node itself may take beside its instance. MB. */
const runtimeMb = 192
/** What a container with Node takes beside its instance, as measured: the program's own code, and the engine's process that watches it. MB. */
const restMb = 64
/** Less than this no engine gives. Bytes. */
const leastMemory = 6 * mib
const leastCpus = 0.01

/** What one container may take. */
export interface Limits {
  /** Memory beyond which the kernel ends it. */
  readonly memoryBytes: number
  /** Processors; null is all. */
  readonly cpus: number | null
}

/** The limits of a group's containers: what its composition says; else four times the memory that the plan's manifest says of an instance, and 192 MB for the runtime. */
export function limitsOf({ memoryMb }: Manifest, { memoryBytes, cpus }: Resources): Limits {
  return { memoryBytes: memoryBytes ?? (runtimeMb + 4 * memoryMb) * mib, cpus }
}

/** What of a group's resources no engine gives on a machine of so many processors, each as `what; what to write instead`. */
export function refuseResources({ memoryBytes, cpus }: Resources, cores: number): readonly string[] {
  const refused: string[] = []
  if (memoryBytes !== null && memoryBytes < leastMemory)
    refused.push(`memory: is ${memoryBytes} bytes; write at least ${leastMemory / mib}Mi`)
  if (cpus !== null && (cpus < leastCpus || cpus > cores))
    refused.push(`cpu: is ${cpus}; this machine has ${cores}, write ${leastCpus} to ${cores}`)
  return refused
}

/** Memory that a container is expected to take, for bounding how many there are. MB. */
export function expectedMb({ memoryMb }: Manifest): number {
  return restMb + memoryMb
}

/** Containers that a bridge of Linux carries. */
export const mostContainers = 1023
