import type { Manifest } from '../composition/manifest.ts'
import type { Packaging } from '../composition/packaging/packaging.ts'
import type { RunSpec } from '../composition/spec.ts'

/** Something that this machine lacks, and the command or step that mends it. */
export interface Fix {
  readonly missing: string
  readonly fix: string
}

/** One thing that a harness looked at on this machine. */
export interface Finding {
  /** `engine`, `subnets`, … */
  readonly what: string
  /** What is there, in a few words. */
  readonly found: string
  /** What to do about it; null where all is well. */
  readonly fix: string | null
  /** Whether no run can begin before that is done. */
  readonly blocks: boolean
  /** Does it, and tells what was done; null where only a person can. */
  readonly mend: (() => Promise<string>) | null
}

/** A plan on disk: its manifest and the folder that `program` is relative to. */
export interface Plan {
  readonly manifest: Manifest
  readonly folder: string
}

/** One event as Testground's SDKs write it: `{ success_event: { group } }`, `{ message_event: { message } }`, … */
export type PlanEvent = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** How one instance ended, as seen from outside; the evidence that an outcome is judged from. */
export interface Ending {
  /** Exit of the process that held it, null where it never started. */
  readonly exit: {
    readonly code: number | null
    readonly signal: string | null
  } | null
  /** Why we ended it, or null where it ended by itself. */
  readonly killed: 'timeout' | 'canceled' | 'memory' | 'fault' | null
  /** What the harness could not give it, as a network that it asked for, or null. */
  readonly fault: string | null
  /** Outcome events that the instance printed. */
  readonly stdoutEvents: readonly PlanEvent[]
  /** Outcome events that the instance published on the sync service. */
  readonly syncEvents: readonly PlanEvent[]
  /** Last lines of its standard error; where there is none, the last message that it printed. */
  readonly lastWords: string
  /** What it was waiting for when it was ended (a barrier and who was missing), or null. */
  readonly waitingFor: string | null
  readonly startedMs: number
  readonly endedMs: number
}

/** An instance that was started. */
export interface Instance {
  readonly group: string
  readonly index: number
  readonly seq: number
  /** Never rejects. */
  readonly ended: Promise<Ending>
}

/** What a session tells while it lives. */
export interface SessionEvent {
  readonly group: string
  readonly index: number
  readonly atMs: number
  readonly event: { readonly kind: 'started' } | { readonly kind: 'plan'; readonly event: PlanEvent }
}

/** What groups are built of, and whom that is told to. */
export interface PrepareOptions {
  readonly plan: Plan
  readonly packaging: Packaging
  readonly signal: AbortSignal
  /** Told what the user should know and what ends nothing, a line each. */
  readonly onNotice: (text: string) => void
}

export interface OpenOptions extends PrepareOptions {
  /** Run id. */
  readonly run: string
  /** The run's folder; instances write below `<group>/<index>/`. */
  readonly folder: string
  readonly onEvent: (event: SessionEvent) => void
  /** Told how far a simulation's own time is, ms, now and then and before an event that tells it; never by harnesses under the machine's time. */
  readonly onVirtualTime: (virtualMs: number) => void
  /** Told how far something is that is made on the machine's time before instances can start, as the identities of a large network; first with nothing done. */
  readonly onMade: (progress: MakingProgress) => void
}

/** How much is made of something that takes long. */
export interface MakingProgress {
  /** `identities`. */
  readonly what: string
  readonly done: number
  readonly of: number
}

/** Instances of one run, with their networks, sync service and clock. */
export interface Session {
  /** What the harness decided (addresses, processes, ports), for the record. */
  readonly placement: Readonly<Record<string, unknown>>
  readonly instances: readonly Instance[]
  /** Ends whatever still runs and removes everything that the session made. */
  close(): Promise<void>
}

/** A place where instances run. */
export interface Harness {
  readonly name: string
  /** What is missing on this machine. Empty when ready. */
  check(): Promise<Fix[]>
  /** Everything that it needs or leaves on this machine, looked at one by one, in the order in which to mend it. */
  examine(): Promise<readonly Finding[]>
  /** What of the spec this harness cannot give, each as `where: what; what to write instead`. Empty when it can. */
  refuse(spec: RunSpec, plan: Plan, packaging: Packaging): readonly string[]
  /**
   * Makes what the groups are built of, and looks at what that needs, before there is a run of it.
   *
   * @throws AbsentError where this machine lacks something, InputError where the sources cannot be built.
   */
  prepare(spec: RunSpec, options: PrepareOptions): Promise<void>
  /** How many runs this machine carries at once without one telling on another. */
  runsAtOnce(): number
  open(spec: RunSpec, options: OpenOptions): Promise<Session>
  /** Ends what still runs of a session whose launcher is gone or stuck, found by what it left in the run's folder. Resolves to how many it ended. */
  sweep(folder: string): Promise<number>
  /** Removes what runs whose launcher is gone left on this machine, whatever their folder; tells what it removed, null where there was nothing. */
  reap(): Promise<string | null>
}
