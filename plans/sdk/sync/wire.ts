/** What a client of Testground's sync service sends: one JSON object in one text frame, with one operation or `is_cancel`. */
export interface SyncRequest {
  /** Chosen by the client, unique on its connection. */
  readonly id: string
  /** Ends the barrier or subscription that was asked for under `id`. */
  readonly is_cancel?: boolean
  readonly publish?: { readonly topic: string; readonly payload: unknown }
  readonly subscribe?: { readonly topic: string }
  readonly barrier?: { readonly state: string; readonly target: number }
  readonly signal_entry?: { readonly state: string }
}

/** What the service answers: every key is always there, and the frame ends with a newline. A barrier that was met is answered by nothing but its id. */
export interface SyncResponse {
  readonly id: string
  /** Why it could not be done, or an empty string. */
  readonly error: string
  readonly publish: { readonly seq: number } | null
  /** JSON text of one payload of the topic, or an empty string. */
  readonly subscribe: string
  readonly signal_entry: { readonly seq: number } | null
}

/** Names of a run's states and topics on the wire, the same in every Testground SDK. */
export interface RunKeys {
  /** What every key of the run begins with. */
  readonly prefix: string
  state(name: string): string
  topic(name: string): string
  /** The topic of the events that instances tell. */
  readonly events: string
}

/** The keys of a run, from its id and the names of its plan and case as the instances were given them. */
export function runKeys(run: string, plan: string, testCase: string): RunKeys {
  const prefix = `run:${run}:plan:${plan}:case:${testCase}:`
  return {
    prefix,
    state: (name) => `${prefix}states:${name}`,
    topic: (name) => `${prefix}topics:${name}`,
    events: `${prefix}run_events`,
  }
}
