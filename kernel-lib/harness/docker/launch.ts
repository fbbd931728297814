import type Docker from 'dockerode'
import type { SyncService } from '../../sync/start.ts'
import type { SessionFacts } from '../instances/environment.ts'
import type { RunRedis } from '../redis/place.ts'
import type { Toolbox } from './gate/toolbox.ts'
import type { Image } from './image/image.ts'
import type { Limits } from './limits.ts'
import type { MemoryWitness } from './memory.ts'
import type { Networks } from './network/open.ts'
import type { Owner } from './owner.ts'
import type { DockerSettings } from './settings.ts'
import type { Networking } from './sidecar/networking.ts'

/** What containers are started with. */
export interface Launch {
  readonly engine: Docker
  readonly facts: SessionFacts
  /** By group. */
  readonly images: ReadonlyMap<string, Image>
  readonly networks: Networks
  readonly toolbox: Toolbox
  /** By group. */
  readonly limits: ReadonlyMap<string, Limits>
  readonly settings: DockerSettings
  readonly owner: Owner | null
  readonly memory: MemoryWitness
  /** Null where no network is to be configured. */
  readonly networking: Networking | null
  /** By seq. */
  readonly hostnames: ReadonlyMap<number, string>
  readonly sync: SyncService
  readonly redis: RunRedis | null
  /** Aborted when the session is being ended. */
  readonly signal: AbortSignal
  readonly cores: number
}

/** How long each step of a launch took, ms. */
export interface LaunchTimes {
  readonly createMs: number
  readonly startMs: number
  readonly shapeMs: number
  readonly measureMs: number
  readonly releaseMs: number
}

/** An engine's work for containers at a time, for each core: some of it waits for the disk and the kernel and not for a core, and beyond so many they take time from each other. */
export const perCore = 4
