import { altersPackets } from '../../../network/shape.ts'
import { type Shaper, startShaper } from '../../../network/shaper/process.ts'
import { inLanes } from '../lanes.ts'
import type { Namespace } from './command.ts'
import { queueNamespace } from './configure.ts'
import type { Link, LinkChange } from './link.ts'

/** A namespace by the file that is it: `/proc/7/ns/net`. */
export interface Queued {
  readonly namespace: Namespace
  readonly path: string
}

/** The user-space shaper as a whole run needs it: what is delayed is queued where it arrives, so once one instance's packets are to be, every instance has a queue. */
export interface Delays {
  /** Serves a namespace that comes when the shaper runs. */
  enter(one: Queued): Promise<void>
  leave(one: Queued): Promise<void>
  /** To be called before a link is changed: whatever comes from its new address has its new shape. */
  prepare(name: string, after: Link): Promise<void>
  /** To be called when a link was changed: what its old address was is forgotten, unless somebody else has it now. */
  settle(name: string, change: LinkChange): Promise<void>
}

export interface DelaysOptions {
  /** Path of the compiled shaper. */
  readonly file: string
  readonly seed: number
  readonly namespaces: () => Iterable<Queued>
  /** Called when the shaper has ended, with what it printed: from then on queued namespaces receive nothing. */
  readonly onEnd: (errors: string) => void
}

const queue = 0
const width = 4

/** Starts the shaper when it is first needed: until then nothing is queued. */
export function delays({ file, seed, namespaces, onEnd }: DelaysOptions): Delays {
  /** Who gave a source its shape. */
  const owners = new Map<string, string>()
  let running: Promise<Shaper> | null = null

  async function serve(shaper: Shaper, { namespace, path }: Queued): Promise<void> {
    await shaper.join({ path, queue })
    await queueNamespace(namespace, queue)
  }

  async function start(): Promise<Shaper> {
    const shaper = await startShaper(file, { seed })
    void shaper.ended.then(onEnd)
    await inLanes([...namespaces()], width, (one) => serve(shaper, one))
    return shaper
  }

  async function forget(address: string): Promise<void> {
    owners.delete(address)
    await (await running)?.clear(address)
  }

  return {
    async enter(one) {
      if (running !== null) await serve(await running, one)
    },
    async leave({ path }) {
      await (await running)?.leave({ path, queue })
    },
    async prepare(name, after) {
      if (!altersPackets(after.shape)) return
      running ??= start()
      await (await running).shape(after.address, after.shape)
      owners.set(after.address, name)
    },
    async settle(name, { before, after }) {
      if (before.address !== after.address && owners.get(before.address) === name) await forget(before.address)
      if (!altersPackets(after.shape) && owners.get(after.address) === name) await forget(after.address)
    },
  }
}
