import { altersPackets } from '../../../network/shape.ts'
import type { Namespace } from './command.ts'
import { announce, closeControl, configureNamespace } from './configure.ts'
import { type Delays, delays, type Queued } from './delays.ts'
import { devicesOf } from './devices.ts'
import type { Link } from './link.ts'
import type { Calls, Place } from './protocol.ts'

/** The networks of a run's containers, as they are now. */
export interface Places {
  enter(place: Place): Promise<void>
  apply(wanted: Calls['apply']['ask']): Promise<void>
  leave(name: string): Promise<void>
  /** Rejects for a name that has not entered. */
  find(name: string): { readonly namespace: Namespace; readonly link: Link }
}

interface Entered extends Queued {
  link: Link
  /** Why its state is not known, or null. */
  broken: string | null
}

export interface PlacesOptions {
  readonly netem: boolean
  /** Path of the compiled shaper, or why there is none. */
  readonly shaper: { readonly file: string } | { readonly missing: string }
  readonly seed: number
  readonly onEnd: (errors: string) => void
}

/** No container has entered yet. */
export function places({ netem, shaper, seed, onEnd }: PlacesOptions): Places {
  const all = new Map<string, Entered>()
  const late: Delays | null =
    netem || 'missing' in shaper ? null : delays({ file: shaper.file, seed, namespaces: () => all.values(), onEnd })

  function find(name: string): Entered {
    const one = all.get(name)
    if (one === undefined) throw new Error(`${name}: the agent does not know it`)
    return one
  }

  function demand(name: string, { shape }: Link): void {
    if (!netem && 'missing' in shaper && altersPackets(shape)) throw new Error(`${name}: ${shaper.missing}`)
  }

  async function change(name: string, one: Entered, after: Link): Promise<void> {
    const before = one.link
    await late?.prepare(name, after)
    await configureNamespace(one.namespace, { before, after }, { netem })
    one.link = after
    await late?.settle(name, { before, after })
    if (before.address === after.address) return
    // While two had it, neighbours may have learnt the one who left.
    const heir = [...all.values()].find((other) => other !== one && other.link.address === before.address)
    if (heir?.link.up) await announce(heir.namespace, heir.link)
  }

  return {
    find,
    async enter(place) {
      const { name, proc, controlSubnet, link } = place
      const path = `${proc}/ns/net`
      const { devices, isDefault } = await devicesOf(place)
      const namespace: Namespace = { name, enter: ['nsenter', `--net=${path}`], devices }
      await closeControl(namespace, { subnet: controlSubnet, isDefault })
      const one: Entered = { namespace, path, link, broken: null }
      await late?.enter(one)
      all.set(name, one)
    },
    async apply({ name, link }) {
      const one = find(name)
      demand(name, link)
      if (one.broken !== null) throw new Error(`${name}: its network is in no known state since ${one.broken}`)
      await change(name, one, link).catch((error: Error) => {
        one.broken = error.message
        throw error
      })
    },
    async leave(name) {
      const one = all.get(name)
      all.delete(name)
      if (one !== undefined) await late?.leave(one).catch(() => {})
    },
  }
}
