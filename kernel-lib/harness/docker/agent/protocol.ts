import type { Link } from './link.ts'

/** A container whose network the agent is given. */
export interface Place {
  /** `<group>/<index>`. */
  readonly name: string
  /** Folder of a process in it, as this machine sees it: `/proc/7`. */
  readonly proc: string
  readonly dataSubnet: string
  readonly controlSubnet: string
  /** Its network as the engine made it. */
  readonly link: Link
}

/** What the agent found on this machine. */
export interface AgentFacts {
  /** Whether the kernel has netem. */
  readonly netem: boolean
  /** What `tc` said where it has not. */
  readonly said: string
  /** Of kernel, tc and iptables. */
  readonly versions: Readonly<Record<string, string>>
}

/** A probe between two instances. */
export interface Between {
  readonly from: string
  readonly to: string
}

/** What the agent can be asked, and what it answers; what a call rejects with is the text that the agent gave. */
export interface Calls {
  /** `noShaper`: why there is no user-space shaper, or null where there is one. */
  readonly hello: {
    readonly ask: { readonly seed: number; readonly noShaper: string | null }
    readonly answer: AgentFacts
  }
  /** Takes over a namespace, and closes the control network in it. */
  readonly enter: { readonly ask: Place; readonly answer: null }
  /** Makes a network what it is to be; rejects where its state is not known any more. */
  readonly apply: { readonly ask: { readonly name: string; readonly link: Link }; readonly answer: null }
  /** Tells that a container has ended. */
  readonly leave: { readonly ask: { readonly name: string }; readonly answer: null }
  /** Round trips of small datagrams, one after the other every `everyMs`. */
  readonly rtt: {
    readonly ask: Between & { readonly count: number; readonly everyMs: number; readonly patienceMs: number }
    readonly answer: { readonly medianMs: number; readonly count: number } | null
  }
  /** Datagrams sent at `offeredBps` for `forMs`; answers what came through, bit/s on the wire. */
  readonly throughput: {
    readonly ask: Between & { readonly offeredBps: number; readonly forMs: number; readonly patienceMs: number }
    readonly answer: number
  }
}

export type Call = keyof Calls

/** One line to the agent. */
export type Asked = {
  readonly [K in Call]: { readonly id: number; readonly call: K; readonly ask: Calls[K]['ask'] }
}[Call]

/** One line from the agent. */
export type Answered = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string })
