import type { Shape } from '../../../network/shape.ts'

/** Where packets to a subnet go: out on the data or the control network, back to the program as an error, or nowhere without a word. */
export type Way = 'data' | 'control' | 'refused' | 'nowhere'

/** What becomes of packets to an IPv4 subnet; the longest that holds an address counts. */
export interface Route {
  /** `16.0.1.2/32`, with no bit set below the prefix. */
  readonly subnet: string
  readonly way: Way
}

/** How the network of one instance is, or is to be: all of it. */
export interface Link {
  /** Whether it is on the data network. */
  readonly up: boolean
  /** IPv4 address on the data network, and the length of its subnet's prefix. */
  readonly address: string
  readonly prefix: number
  /** Shape of what it sends on the data network. */
  readonly shape: Shape
  /** At most one of each subnet, beside the route to the data network's own subnet. */
  readonly routes: readonly Route[]
}

/** A link as it is and as it is to be. */
export interface LinkChange {
  readonly before: Link
  readonly after: Link
}

/** Interfaces of a network namespace by what they are for. */
export interface Devices {
  readonly data: string
  readonly control: string
}
