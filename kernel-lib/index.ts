export type { Command, CommandOption, Invocation, Workspace } from './command.ts'
export type {
  Composition,
  CompositionBuild,
  CompositionDocker,
  CompositionGroup,
  CompositionNetwork,
  CompositionResources,
} from './composition/composition.ts'
export type { GroupSpec, LinkShape, RunSpec } from './composition/spec.ts'
export type { CompositionStart } from './composition/start/composition.ts'
export type { RecordedTables, TableKind, WarmStart } from './composition/start/start.ts'
export type {
  CompositionClock,
  CompositionLife,
  CompositionOutage,
  CompositionPartition,
  CompositionReach,
  CompositionRegions,
  CompositionTime,
} from './composition/world/composition.ts'
export type { Duration, Moment } from './composition/world/duration.ts'
export type { Crashes, GroupWorld, Life, OwnClock, Reach } from './composition/world/life.ts'
export type { Outage, Partition, Regions, Side, Topology } from './composition/world/topology.ts'
export { AbsentError, InputError } from './errors.ts'
export type { Cell, Figure } from './figures/figure/figure.ts'
export * as figures from './figures/index.ts'
export type { CellOutput, MimeBundle, Notebook, NotebookCell } from './kernel/document/notebook.ts'
export { readNotebook, sourceHash } from './kernel/document/notebook.ts'
export { type Experiment, type PrepareOptions, prepare } from './run/experiment.ts'
export { findRun } from './run/find-run.ts'
export { type ImportOptions, importArchive } from './run/import/import.ts'
export type { Observer, RunEvent } from './run/observer.ts'
export type { Artifact, InstanceRecord, Outcome, RunRecord } from './run/record.ts'
export { type RepeatOptions, repeat } from './run/repeat.ts'
export { type RerunOptions, rerun } from './run/rerun/rerun.ts'
export type { Rerun } from './run/rerun/result.ts'
export { type RunOptions, run } from './run/run.ts'
export { runsFolderOf } from './run/runs-folder.ts'
export type { RunSummary } from './run/summary.ts'
export { answer } from './stats/answer.ts'
export { type CompareOptions, type Comparison, compare } from './stats/compare.ts'
export * as stats from './stats/index.ts'
export * as models from './stats/model/index.ts'
export type { Interval, Sample } from './stats/sample/sample.ts'
export type { Answer } from './stats/showing.ts'
export { loadEvents } from './tables/events/load-events.ts'
export * as keyspace from './tables/keyspace.ts'
export { type LoadOptions, load } from './tables/load.ts'
export { type RecordedRun, readRecord } from './tables/read-record.ts'
export type { Damage, RunData } from './tables/run-data.ts'
