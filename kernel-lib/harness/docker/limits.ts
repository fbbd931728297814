import type { Manifest } from '../../composition/manifest.ts'

const mib = 1024 * 1024
/** What Node itself may take beside its instance. MB. */
const runtimeMb = 192
/** What a container with Node takes beside its instance, as measured: the program's own code, and the engine's process that watches it. MB. */
const restMb = 64

/** Memory beyond which the kernel ends a container: four times what the plan's manifest says of an instance, and 192 MB for the runtime. Bytes. */
export function memoryLimit({ memoryMb }: Manifest): number {
  return (runtimeMb + 4 * memoryMb) * mib
}

/** Memory that a container is expected to take, for bounding how many there are. MB. */
export function expectedMb({ memoryMb }: Manifest): number {
  return restMb + memoryMb
}

/** Containers that a bridge of Linux carries. */
export const mostContainers = 1023
