import { nodeCount } from '../../../composition/groups.ts'
import type { RunSpec } from '../../../composition/spec.ts'
import { addressOf } from './address.ts'
import { type Host, hostOf, type InstanceHost } from './network/host.ts'
import { type Site, seenThrough, sitesOf } from './place/places.ts'

/** The hosts of a run's instances and where they are found. */
export interface Hosts {
  readonly all: readonly InstanceHost[]
  at(address: string): InstanceHost | undefined
  of(site: Site): InstanceHost
  /** Gives a host an address that no node had. */
  move(host: InstanceHost): void
}

/** A host for every instance of a spec, each at the address of its position. */
export function hostsOf(spec: RunSpec): Hosts {
  const all = sitesOf(spec).map((site) => hostOf(site, addressOf(site.seq)))
  const byAddress = new Map(all.map((host) => [host.address, host]))
  let given = nodeCount(spec)
  return {
    all,
    at: (address) => byAddress.get(address),
    of: ({ seq }) => all[seq - 1] as InstanceHost,
    move(host) {
      byAddress.delete(host.address)
      given += 1
      host.address = addressOf(given)
      byAddress.set(host.address, host)
    },
  }
}

/** The address that one host sees of another: its own, or that of the translator between them. */
export function seenAs(from: Host, to: Host): string {
  return seenThrough(from.site, to.site)?.address ?? from.address
}

/** Whether hosts of the public network can dial it. */
export function isReachable({ site }: Host): boolean {
  return site.routers.length === 0
}
