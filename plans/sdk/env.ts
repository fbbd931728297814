import type { Clock } from './clock.ts'
import type { Life } from './life.ts'
import type { Params } from './params.ts'
import type { Population } from './population.ts'
import type { Random } from './random.ts'
import type { RecordSchema, Row } from './record.ts'
import type { StreamNet } from './streams.ts'

/** The run's sync service (signals, barriers, topics), scoped to this run by its keys. */
export interface Sync {
  /** Adds one to a state and resolves to its new value, 1 for the first. */
  signal(state: string): Promise<number>
  /** Resolves once the state reached `target`; rejects, saying who is missing, when the service gives up. */
  barrier(state: string, target: number, options?: { signal?: AbortSignal }): Promise<void>
  /** Appends to a topic; resolves to the 1-based position. */
  publish(topic: string, payload: unknown): Promise<number>
  /** Every payload of a topic from the first, in the order that all subscribers see. */
  subscribe(topic: string, options?: { signal?: AbortSignal }): AsyncIterableIterator<unknown>
  close(): Promise<void>
}

/** What happens to the bytes that an instance sends, as asked for; zero means unshaped. */
export interface LinkShape {
  /** How much later bytes arrive, one way. */
  readonly latencyMs: number
  /** Each delay is drawn uniformly from `latencyMs` ± `jitterMs`, never under 0; a connection keeps its order all the same. */
  readonly jitterMs: number
  /** Bits per second of everything that the instance sends; 0 is unlimited. */
  readonly bandwidthBps: number
}

/** How the program reaches other instances. Only plans/libp2p (and its like) looks inside. */
export type Net =
  | {
      readonly kind: 'tcp'
      readonly address: string
      /** How the program is to shape what it sends over its sockets; null where it is to leave them as they are. */
      readonly link: LinkShape | null
    }
  | StreamNet

/** Appends checked rows to one file of the instance, one JSON object a line. */
export interface RecordWriter<S extends RecordSchema> {
  /** Throws when a row does not fit the schema: a program that records nonsense must not look successful. */
  write(row: Row<S>): void
}

/** Which part of which run an instance is, and what it was told to do. */
export interface Assignment {
  readonly run: string
  readonly plan: string
  readonly case: string
  readonly group: string
  /** Index in the group, from 0; also the name of its folder. */
  readonly index: number
  /** Position among all instances of the run, from 1, in the order of the spec. */
  readonly seq: number
  readonly instanceCount: number
  readonly groupInstanceCount: number
  /** Role that the composition gave the group, or an empty string. */
  readonly role: string
  readonly params: Params
  readonly seed: number
  /** Folder that is this instance's alone; everything in it is an artifact. */
  readonly outputs: string
}

/** All that a program is given. It never asks which harness it runs on. */
export interface Env extends Assignment {
  /** The stream of randomness of one concern of this run: the same name and seed, the same draws in every instance. Put `seq` in the name for draws of its own. */
  random(stream: string): Random
  readonly clock: Clock
  readonly sync: Sync
  readonly net: Net
  /** Crashes and restarts of this instance's node, as the composition schedules them. */
  readonly life: Life
  /** All nodes of a network that begins with drawn tables; null where it bootstraps, as always on processes and containers. */
  readonly population: Population | null
  /** Aborted when the run is cancelled or timed out. */
  readonly signal: AbortSignal
  records<S extends RecordSchema>(schema: S): RecordWriter<S>
  /** A line for people: stdout, run.out and the live display. */
  message(text: string): void
  /** Runs `body` as a named stage, told to whoever watches. */
  stage<T>(name: string, body: () => Promise<T>): Promise<T>
}

/** One test case: resolves when the work was done and recorded, rejects when it could not be. */
export type TestCase = (env: Env) => Promise<void>
/** The cases of a plan by the names in its manifest. */
export type TestCases = Readonly<Record<string, TestCase>>
