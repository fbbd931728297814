import type { ContainerCreateOptions } from 'dockerode'
import type { Member } from '../instances/members.ts'
import { labels, runLabels } from './engine.ts'
import { heldCommand } from './gate/hold.ts'
import { type Toolbox, toolboxPath } from './gate/toolbox.ts'
import type { Image } from './image/ensure.ts'
import type { Network } from './network/open.ts'

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
  readonly memoryBytes: number
  readonly environment: Readonly<Record<string, string>>
}

/** Where a container finds the folder that it writes to. */
export const outputsPath = '/outputs'

/** The engine's words for an instance's container, in its data network alone. Its program is held until whoever is attached lets it go; it runs as the user of this process, with no capability, and prints to whoever is attached and nowhere else. */
export function containerOptions({ group, index }: Member, facts: ContainerFacts): ContainerCreateOptions {
  const { run, image, toolbox, data, address, outputs, memoryBytes, environment } = facts
  return {
    name: `hoplab-${run}-${group.id}-${index}`,
    Image: image.id,
    Entrypoint: [...heldCommand(toolbox, image.command)],
    Cmd: [],
    Labels: { ...runLabels(run), [labels.group]: group.id, [labels.index]: String(index) },
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: data.name,
      Init: true,
      LogConfig: { Type: 'none', Config: {} },
      Mounts: [
        { Type: 'bind', Source: outputs, Target: outputsPath },
        { Type: 'bind', Source: toolbox.folder, Target: toolboxPath, ReadOnly: true },
      ],
      Memory: memoryBytes,
      MemorySwap: memoryBytes,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
    NetworkingConfig: { EndpointsConfig: { [data.name]: { IPAMConfig: { IPv4Address: address } } } },
  }
}
