import type { ContainerCreateOptions } from 'dockerode'
import type { Member } from '../instances/members.ts'
import { labels, runLabels } from './engine.ts'
import type { Image } from './image/ensure.ts'
import type { Network } from './network/open.ts'

/** What a container is made of. */
export interface ContainerFacts {
  readonly run: string
  readonly image: Image
  readonly data: Network
  /** Its address in the data network. */
  readonly address: string
  /** Folder of this machine that it has at `/outputs`, absolute. */
  readonly outputs: string
  readonly memoryBytes: number
  readonly environment: Readonly<Record<string, string>>
}

/** Where a container finds the folder that it writes to. */
export const outputsPath = '/outputs'

/** The engine's words for an instance's container, in its data network alone. It runs as the user of this process, with no capability, and prints to whoever is attached and nowhere else. */
export function containerOptions({ group, index }: Member, facts: ContainerFacts): ContainerCreateOptions {
  const { run, image, data, address, outputs, memoryBytes, environment } = facts
  return {
    name: `hoplab-${run}-${group.id}-${index}`,
    Image: image.id,
    Labels: { ...runLabels(run), [labels.group]: group.id, [labels.index]: String(index) },
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: data.name,
      Init: true,
      LogConfig: { Type: 'none', Config: {} },
      Mounts: [{ Type: 'bind', Source: outputs, Target: outputsPath }],
      Memory: memoryBytes,
      MemorySwap: memoryBytes,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
    NetworkingConfig: { EndpointsConfig: { [data.name]: { IPAMConfig: { IPv4Address: address } } } },
  }
}
