import type { Link, Route, Way } from '../agent/link.ts'
import { type Range, rangeOf } from '../network/subnets.ts'
import type { Address, Filter, InstanceNetwork, Rule } from './network.ts'

/** What the networks of a run have in common for all instances. */
export interface Surroundings {
  readonly controlSubnet: string
  /** The launcher's address on the control network. */
  readonly launcher: string
}

const ways: Readonly<Record<Filter, Way>> = { accept: 'data', reject: 'refused', drop: 'nowhere' }

/** What is to be in force for an instance's network. Pure. */
export function linkOf(network: InstanceNetwork, surroundings: Surroundings): Link {
  const { enable, address, shape } = network
  return { up: enable, ...address, shape, routes: routesOf(network, surroundings) }
}

/** The routes that filters and the routing policy amount to, at most one of each subnet. What is accepted has one only where something wider is not. */
export function routesOf(network: InstanceNetwork, { controlSubnet, launcher }: Surroundings): readonly Route[] {
  const own = subnetOf(network.address)
  const everything: Rule = { subnet: own, filter: network.filter }
  const barred = [everything, ...network.rules].filter(({ filter }) => filter !== 'accept')
  const rules = barred.length === 0 ? [] : [everything, ...network.rules]
  const routes = rules.flatMap(({ subnet, filter }) => {
    if (filter === 'accept' && !barred.some((one) => one.subnet !== subnet && holds(one.subnet, subnet))) return []
    return spread(subnet, own).map((part): Route => ({ subnet: part, way: ways[filter] }))
  })
  const control = network.allowControl ? controlSubnet : `${launcher}/32`
  return [
    ...new Map(
      [{ subnet: control, way: 'control' as const }, ...routes].map((route) => [route.subnet, route]),
    ).values(),
  ]
}

/** The kernel's own route to the data network would hide a wider one, and be lost to an equal one: two halves go before it. */
function spread(subnet: string, own: string): readonly string[] {
  if (!holds(subnet, own)) return [subnet]
  return [...(subnet === own ? [] : [subnet]), ...halves(own)]
}

function halves(subnet: string): readonly string[] {
  const [, bits = ''] = subnet.split('/')
  const { first, last } = range(subnet)
  const prefix = Number(bits) + 1
  return prefix > 32 ? [subnet] : [first, (first + last + 1) / 2].map((start) => `${addressText(start)}/${prefix}`)
}

/** Whether one subnet is the other, or holds it. */
function holds(outer: string, inner: string): boolean {
  const [a, b] = [range(outer), range(inner)]
  return a.first <= b.first && b.last <= a.last
}

/** The subnet that an address is in, with no bit set below its prefix. */
export function subnetOf({ address, prefix }: Address): string {
  return `${addressText(range(`${address}/${prefix}`).first)}/${prefix}`
}

function range(subnet: string): Range {
  const found = rangeOf(subnet)
  if (found === null) throw new Error(`${subnet} is no IPv4 subnet`)
  return found
}

function addressText(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
}
