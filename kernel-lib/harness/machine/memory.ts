import { freemem, totalmem } from 'node:os'

const mb = 1024 * 1024

/** Memory that new processes may take here, in MB: what the machine has free, within what the process's own limit (a control group) leaves. */
export function freeMemoryMb(): number {
  const limit = process.constrainedMemory() ?? 0
  const bounded = limit > 0 && limit < totalmem()
  const left = bounded ? limit - process.memoryUsage.rss() : Number.POSITIVE_INFINITY
  return Math.min(freemem(), left) / mb
}
