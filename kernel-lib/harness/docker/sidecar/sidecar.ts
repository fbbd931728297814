import type { LinkShape } from '../../../composition/spec.ts'
import { shapeOf, unshaped } from '../../../network/shape.ts'
import type { SyncService } from '../../../sync/start.ts'
import { type Who, whoText } from '../../../sync/who.ts'
import type { Agent } from '../agent/open.ts'
import type { Networks } from '../network/open.ts'
import { addressIn } from '../network/subnets.ts'
import { networkLog } from './log.ts'
import { type Message, readMessage } from './message.ts'
import { configured, firstNetwork, type InstanceNetwork } from './network.ts'
import { linkOf, type Surroundings } from './routes.ts'

/** An instance whose network is to stand. */
export interface Standing {
  readonly who: Who
  readonly seq: number
  /** Folder of a process in its network namespace, as this machine sees it: `/proc/7`. */
  readonly proc: string
  readonly hostname: string
}

/** What configures the networks of a run's instances. */
export interface Sidecar {
  /** Makes a network as the composition says, and from then on as its program says, whose first packet has not been sent. Rejects where it could not be made so. */
  stand(one: Standing): Promise<void>
  /** Tells that an instance has ended. */
  leave(who: Who): void
  /** The network of an instance as it is; null where it does not stand, or is just being changed. */
  network(who: Who): InstanceNetwork | null
  /** Resolves when nothing more is applied and the log is written. */
  close(): Promise<void>
}

export interface SidecarOptions {
  readonly agent: Agent
  readonly sync: SyncService
  readonly networks: Networks
  /** Of the composition; null shapes nothing. */
  readonly shape: LinkShape | null
  /** The run's folder. */
  readonly folder: string
  /** Called after a program's configuration was applied, and waited for before the program is told. */
  readonly onApplied: (who: Who) => Promise<void>
  /** Told of what a program could not be given, and whether it can be told itself. */
  readonly onFault: (who: Who, fault: { readonly why: string; readonly told: boolean }) => void
}

interface Entry {
  network: InstanceNetwork
  changing: boolean
  readonly over: AbortController
}

const initialized = 'network-initialized'
const bits = 16

/** Configures networks by an agent, and talks with programs through the sync service as Testground's sidecar does; what that leaves unanswered is answered with an error. */
export function openSidecar(options: SidecarOptions): Sidecar {
  const { agent, sync, networks, shape, onApplied, onFault } = options
  const { data, control } = networks
  const surroundings: Surroundings = { controlSubnet: control.subnet, launcher: control.gateway }
  const log = networkLog(options.folder)
  const standing = new Map<string, Entry>()
  const followers = new Set<Promise<void>>()

  async function apply(who: Who, network: InstanceNetwork, message: unknown): Promise<void> {
    const instance = whoText(who)
    const line = { at_ms: Date.now(), instance, message }
    try {
      await agent.ask('apply', { name: instance, link: linkOf(network, surroundings) })
      log.write({ ...line, network, error: null })
    } catch (error) {
      log.write({ ...line, network: null, error: (error as Error).message })
      throw error
    }
  }

  async function stand({ who, seq, proc, hostname }: Standing): Promise<void> {
    const name = whoText(who)
    const address = { address: addressIn(data.subnet, seq), prefix: bits }
    const bare = firstNetwork(address, unshaped)
    const link = { ...linkOf(bare, surroundings), routes: [] }
    await agent.ask('enter', { name, proc, dataSubnet: data.subnet, controlSubnet: control.subnet, link })
    const network = firstNetwork(address, shape === null ? unshaped : shapeOf(shape))
    await apply(who, network, null)
    const over = new AbortController()
    standing.set(name, { network, changing: false, over })
    await sync.signal(who, initialized)
    const following = sync
      .follow(`network:${hostname}`, (payload) => hear(who, payload), over.signal)
      .catch(() => {})
      .finally(() => followers.delete(following))
    followers.add(following)
  }

  async function hear(who: Who, payload: unknown): Promise<void> {
    const one = standing.get(whoText(who))
    if (one === undefined || one.over.signal.aborted) return
    const message = readMessage(payload, bits)
    try {
      one.changing = true
      one.network = await applied(who, one.network, { message, payload }).finally(() => {
        one.changing = false
      })
      await onApplied(who)
      if (message.state !== '') await sync.signal(who, message.state)
    } catch (error) {
      if (one.over.signal.aborted) return
      const why = `the network of ${whoText(who)} could not be configured: ${(error as Error).message}`
      const told = message.state !== '' && sync.fail(message.state, why)
      onFault(who, { why, told })
    }
  }

  async function applied(
    who: Who,
    network: InstanceNetwork,
    { message, payload }: { readonly message: Message; readonly payload: unknown },
  ): Promise<InstanceNetwork> {
    const problem = message.problem ?? (message.wanted.address?.address === data.gateway ? taken : null)
    if (problem !== null || message.wanted === null) {
      const error = problem ?? ''
      log.write({ at_ms: Date.now(), instance: whoText(who), message: payload, network: null, error })
      throw new Error(error)
    }
    const wanted = configured(network, message.wanted)
    await apply(who, wanted, payload)
    return wanted
  }

  const taken = `IPv4: ${data.gateway} is this machine's own in the network; take another`

  return {
    stand,
    leave(who) {
      const name = whoText(who)
      standing.get(name)?.over.abort()
      if (standing.delete(name)) void agent.ask('leave', { name }).catch(() => {})
    },
    network(who) {
      const one = standing.get(whoText(who))
      return one === undefined || one.changing ? null : one.network
    },
    async close() {
      for (const { over } of standing.values()) over.abort()
      await Promise.all(followers)
      agent.leave()
      await log.written()
    },
  }
}
