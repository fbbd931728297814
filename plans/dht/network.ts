import type { DhtNode, LookupRow, Question } from '@hoplab/libp2p'
import type { Env } from '@hoplab/sdk'
import type { Member } from './members.ts'
import type { Others } from './others.ts'
import type { Settings } from './settings.ts'

/** A node in its network, as the cases see it. */
export interface Network {
  readonly env: Env
  readonly settings: Settings
  readonly node: DhtNode
  readonly self: Member
  /** All nodes that run the program, this one too, in the order in which they joined. */
  readonly members: readonly Member[]
  /** Whom there is to find, beside this node. */
  readonly others: Others
  /** Aborted when everyone has measured: what happens to connections after that is the end of the run. */
  readonly done: AbortSignal
  /** Asks one question and records it; its name is made of `name` and a number. */
  ask(question: Question, options: { readonly name: string; readonly phase: LookupRow['phase'] }): Promise<LookupRow>
  /** Writes the routing table under a name. */
  snapshot(name: string): void
}
