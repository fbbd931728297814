import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { RunRecord } from './record.ts'

/** The machine that this runs on, without its name, its user or a path. Memory in MB. */
export function thisMachine(): NonNullable<RunRecord['machine']> {
  return {
    platform: platform(),
    arch: arch(),
    kernel: release(),
    processor: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / (1024 * 1024)),
  }
}
