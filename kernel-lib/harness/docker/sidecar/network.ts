import type { Shape } from '../../../network/shape.ts'

/** What becomes of packets to a subnet: they go, the program is told an error, or they go nowhere without a word. */
export type Filter = 'accept' | 'reject' | 'drop'

/** What becomes of packets to one IPv4 subnet. */
export interface Rule {
  /** `16.0.1.2/32`, with no bit set below the prefix. */
  readonly subnet: string
  readonly filter: Filter
}

/** An IPv4 address and the length of its subnet's prefix. */
export interface Address {
  readonly address: string
  readonly prefix: number
}

/** What a program asks its network to be, in our own units. */
export interface Configuration {
  /** Null leaves the address as it is. */
  readonly address: Address | null
  readonly enable: boolean
  readonly shape: Shape
  /** Of all subnets that no rule names. */
  readonly filter: Filter
  readonly rules: readonly Rule[]
  /** Whether the control network leads to all that is on it, or to the launcher alone. */
  readonly allowControl: boolean
}

/** The network of an instance as the last configuration left it. */
export interface InstanceNetwork extends Configuration {
  readonly address: Address
}

/** The network that an instance starts with. */
export function firstNetwork(address: Address, shape: Shape): InstanceNetwork {
  return { address, enable: true, shape, filter: 'accept', rules: [], allowControl: false }
}

/** The network after a configuration: it replaces everything but the address, where it gives none, and what earlier ones bar of subnets that it does not name. To accept a subnet is to forget that it was barred. */
export function configured(network: InstanceNetwork, wanted: Configuration): InstanceNetwork {
  const rules = new Map([...network.rules.filter(isBarring), ...wanted.rules].map((rule) => [rule.subnet, rule]))
  return { ...wanted, address: wanted.address ?? network.address, rules: [...rules.values()] }
}

function isBarring({ filter }: Rule): boolean {
  return filter !== 'accept'
}
