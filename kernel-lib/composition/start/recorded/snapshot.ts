/** A node and the table that it had. */
export interface SeenNode {
  /** Its position among all nodes, from 1. */
  readonly seq: number
  /** Its peer id. */
  readonly peer: string
  /** Its key as the snapshot tells it, hexadecimal; null where it does not. */
  readonly key: string | null
  /** Peer ids of those in its table. */
  readonly table: readonly string[]
}

/** What a snapshot's text holds, or what is wrong with it. */
export type Seen = { readonly nodes: readonly SeenNode[] } | { readonly fault: string }
