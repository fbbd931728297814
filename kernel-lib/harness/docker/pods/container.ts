import type { ContainerCreateOptions } from 'dockerode'
import { runLabels } from '../engine.ts'
import type { Image } from '../image/image.ts'
import type { Network } from '../network/open.ts'
import type { Ulimit } from '../settings.ts'
import { ulimitWords } from '../try-limits.ts'
import { runPath, tool, toolsPath } from './inside/places.ts'
import type { PodTools } from './tools.ts'

/** What a pod's container is made of. */
export interface PodFacts {
  readonly run: string
  readonly number: number
  readonly image: Image
  readonly tools: PodTools
  readonly data: Network
  /** Folder of the run on this machine, absolute. */
  readonly folder: string
  /** Of all its instances together. */
  readonly memoryBytes: number
  readonly ulimits: readonly Ulimit[]
}

const mib = 1024 * 1024
/** What the pod's own program may take beside its instances. */
const ownBytes = 256 * mib
/** What making namespaces, links and bounds and becoming another user takes; its instances have none of it. */
const capabilities = ['NET_ADMIN', 'SYS_ADMIN', 'SETUID', 'SETGID', 'SETPCAP', 'KILL', 'DAC_OVERRIDE']

/** The engine's words for a pod: its own program makes instances of what the image holds. */
export function podOptions(facts: PodFacts): ContainerCreateOptions {
  const { run, number, image, tools, data, folder, memoryBytes, ulimits } = facts
  return {
    name: `hoplab-${run}-pod-${number}`,
    Image: image.id,
    Entrypoint: [...tool('node', `${toolsPath}/inside/supervisor.js`)],
    Cmd: [],
    Labels: runLabels(run),
    User: '0:0',
    ...(image.workingDir !== null && { WorkingDir: image.workingDir }),
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: data.name,
      Init: true,
      LogConfig: { Type: 'none', Config: {} },
      Mounts: [...tools.mounts, { Type: 'bind', Source: folder, Target: runPath }],
      Memory: memoryBytes + ownBytes,
      MemorySwap: memoryBytes + ownBytes,
      Ulimits: ulimitWords(ulimits),
      CapDrop: ['ALL'],
      CapAdd: capabilities,
      // Where there is AppArmor, what it lets containers do by itself holds no mount.
      SecurityOpt: ['apparmor=unconfined'],
    },
  }
}
