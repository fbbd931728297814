import type { ContainerCreateOptions } from 'dockerode'
import type { Member } from '../instances/members.ts'
import { labels, runLabels } from './engine.ts'
import { heldCommand } from './gate/hold.ts'
import { type Toolbox, toolboxMount } from './gate/toolbox.ts'
import type { Image } from './image/image.ts'
import type { Limits } from './limits.ts'
import type { Network } from './network/open.ts'
import type { Ulimit } from './settings.ts'
import { ulimitWords } from './try-limits.ts'

/** What a container is made of. */
export interface ContainerFacts {
  readonly run: string
  readonly image: Image
  readonly toolbox: Toolbox
  readonly data: Network
  /** Its address in the data network. */
  readonly address: string
  /** Folder of this machine that it has at `/outputs`, absolute. */
  readonly outputs: string
  readonly limits: Limits
  readonly ulimits: readonly Ulimit[]
  readonly environment: Readonly<Record<string, string>>
  readonly hostname: string
}

/** Where a container finds the folder that it writes to. */
export const outputsPath = '/outputs'

/** Where a container finds its scratch folder. */
export const tempPath = '/temp'

/** Name of the container of an instance. */
export function containerName(
  run: string,
  { group, index }: { readonly group: string; readonly index: number },
): string {
  return `hoplab-${run}-${group}-${index}`
}

/** The engine's words for an instance's container, in its data network alone. Its program is held until whoever is attached lets it go; it runs with no capability, in an image of ours as the user of this process, and prints to whoever is attached and nowhere else. */
export function containerOptions({ group, index }: Member, facts: ContainerFacts): ContainerCreateOptions {
  const { run, image, toolbox, data, address, outputs, limits, ulimits, environment, hostname } = facts
  return {
    name: containerName(run, { group: group.id, index }),
    Hostname: hostname,
    Image: image.id,
    Entrypoint: [...heldCommand(toolbox, image.command)],
    Cmd: [],
    Labels: { ...runLabels(run), [labels.group]: group.id, [labels.index]: String(index) },
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...(image.runsAs === 'launcher' && { User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}` }),
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
      Mounts: [{ Type: 'bind', Source: outputs, Target: outputsPath }, toolboxMount(toolbox)],
      ...(image.foreign && { Tmpfs: { [tempPath]: 'mode=1777' } }),
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      ...(limits.cpus !== null && { NanoCpus: Math.round(limits.cpus * 1e9) }),
      Ulimits: ulimitWords(ulimits),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
    NetworkingConfig: { EndpointsConfig: { [data.name]: { IPAMConfig: { IPv4Address: address } } } },
  }
}
