import type { Clock } from './clock.ts'
import type { Life } from './life.ts'
import type { Params } from './params.ts'
import type { Random } from './random.ts'
import type { StreamNet } from './streams.ts'

/** A node of a simulated network, whether it runs the program or not: a pure function of the run's seed and its position. */
export interface Resident {
  /** Position among all nodes, from 1: instances first, then the others in the order of the spec. */
  readonly seq: number
  readonly group: string
  /** Index in the group, from 0. */
  readonly index: number
  /** Role that the composition gave the group, or an empty string. */
  readonly role: string
  readonly params: Params
  /** IP address that it has when the run begins. */
  readonly address: string
  /** Whether others can dial it, as the network was laid out. */
  readonly reachable: boolean
}

/** How a network begins of which nobody bootstraps. */
export interface TableStart {
  /** How routing tables are drawn; `recorded` are those of a snapshot. */
  readonly tables: 'kademlia' | 'trie' | 'balanced' | 'random' | 'recorded'
  /** Share of what the tables could hold that they hold, above 0 to 1. */
  readonly fill: number
  /** Share of the owner's bucketSize nearest peers that a table holds, 0 to 1, apart from `fill`, which then is of everyone farther; null is as the tables are drawn. */
  readonly neighbourhood: number | null
  /** Share of entries whose peer is gone for good, 0 to 1: nobody answers to it. */
  readonly stale: number
  /** Depth of `trie`'s tree, bits; null is a node's own parameter, and for other tables none. */
  readonly prefixLength: number | null
  /** Of the tables alone. */
  readonly seed: number
  /** Of `recorded` alone; null for other tables. */
  readonly recorded: SeenTables | null
}

/** The tables of a network of as many nodes, by their positions. */
export interface SeenTables {
  /** The table of node i + 1: positions of the peers in it; −b is a peer that is gone for good and shares its first b bits with the owner. */
  readonly entries: readonly (readonly number[])[]
  /** SHA-256 of all nodes' keys, 32 bytes each in the order of their positions, hexadecimal: whose tables they are. */
  readonly keysSha256: string
}

/** All nodes of a network that begins with drawn tables: the instances, and those that run no program and are made when they are first dialed. */
export interface Population {
  /** Instances and others. */
  readonly size: number
  readonly start: TableStart
  /** File of every node's identity, which the plan's own program made before; absolute. It may differ from one run to the next, and nothing may be decided by it. */
  readonly identities: string
  /** The node at a position, from 1 to `size`. @throws RangeError for any other. */
  at(seq: number): Resident
  /** Whether its node runs now; of one that runs no program also where it is not made, of an instance whether it has begun and neither crashed nor ended. */
  isUp(seq: number): boolean
  /** When its node came up last, of an instance also when it began; ms since the Unix epoch by the run's own time, whatever clocks of nodes say. Null where it does not run now. It holds nothing that it was given before. */
  upSinceMs(seq: number): number | null
}

/** What a node of the population is made of, from the SYN that it is made for until it leaves or crashes. */
export interface Home {
  readonly resident: Resident
  /** Its part of the network; after it left or crashed it neither listens nor dials. */
  readonly net: StreamNet
  readonly clock: Clock
  /** Up until the node crashes; it is told `crashed`, and `gone` where it never comes back. One that comes back is made anew by the next SYN, in a home of its own. */
  readonly life: Life
  /** When it came up last, on `clock`: one that was made before that has crashed since, whether it was made then or not, and holds nothing any more. */
  readonly upSinceMs: number
  readonly population: Population
  /** As an Env's: put `resident.seq` in the name for draws of its own. */
  random(stream: string): Random
  /** The node is there no more, and the next SYN makes it anew; but not while a connection is open, also one that its program has not heard of yet. Returns whether it is gone. */
  leave(): boolean
}

/**
 * Makes a node of the population that somebody dials, so that it listens when the promise resolves; the SYN waits for that. Whatever it awaits but timers takes
 * no virtual time. One that rejects is a crash of the simulation, unless the node crashed meanwhile.
 */
export type MakeResident = (home: Home) => Promise<void>
