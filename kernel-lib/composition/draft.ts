import type { Build, Resources, Settings } from './packaging/packaging.ts'
import type { Given } from './params.ts'
import type { Problem } from './problems.ts'
import type { LinkShape } from './spec.ts'
import type { RecordedTables, TableKind } from './start/start.ts'
import type { GroupWorld } from './world/life.ts'
import type { Topology } from './world/topology.ts'

/** A group as someone wrote it: counted, or a share of the total. */
export interface GroupDraft extends GroupWorld {
  readonly id: string
  /** `group "clients"`, for messages. */
  readonly where: string
  readonly count: number | null
  /** Share of the run's total, 0 to 1. */
  readonly share: number | null
  /** Whether its nodes run the program. */
  readonly program: boolean
  readonly role: string
  /** A version by its name; empty where none is named. */
  readonly version: string
  /** What is said of the group's own build. */
  readonly build: Build
  readonly resources: Resources
  readonly params: ReadonlyMap<string, Given>
}

/** One run as someone wrote it; a composition of ours has one, Testground's may have several. */
export interface RunDraft {
  /** Put before the places of its groups in messages; empty where there is only one run. */
  readonly where: string
  readonly total: number | null
  /** How shares become counts: by largest remainder (ours), or each rounded by itself (Testground's). */
  readonly rounding: 'remainder' | 'each'
  readonly groups: readonly GroupDraft[]
}

/** A warm start as someone wrote it. */
export interface StartDraft {
  /** Null where it is missing, or unknown. */
  readonly tables: TableKind | null
  readonly fill: number
  readonly neighbourhood: number | null
  readonly stale: number
  readonly prefixLength: number | null
  /** Null is the run's own. */
  readonly seed: number | null
  readonly recorded: RecordedTables | null
  /** How keys of the table are named in messages. */
  readonly where: (key: string) => string
}

/** A composition read and not yet held against its plan's manifest, with what is wrong in it so far. */
export interface Draft {
  /** File, or what stands for it in messages. */
  readonly file: string
  readonly plan: string
  readonly case: string
  /** Null where none is named: the manifest then says it. */
  readonly runner: string | null
  readonly seed: number
  readonly repetitions: number
  readonly timeoutMs: number | null
  readonly network: LinkShape | null
  readonly topology: Topology
  readonly start: StartDraft | null
  /** What is said of the build of every group. */
  readonly build: Build
  /** By runner. */
  readonly settings: Readonly<Record<string, Settings>>
  readonly runs: readonly RunDraft[]
  /** The composition as TOML, templates expanded. */
  readonly source: () => string
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** A draft whose runner is decided. */
export interface DecidedDraft extends Draft {
  readonly runner: string
}
