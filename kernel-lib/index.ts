export type { Command, CommandOption, Invocation } from './command.ts'
export type { Composition, CompositionGroup, CompositionNetwork } from './composition/composition.ts'
export { canonicalJson, specHash } from './composition/hash.ts'
export type { CaseSpec, Manifest, ParamSpec } from './composition/manifest.ts'
export type { GroupSpec, LinkShape, RunSpec } from './composition/spec.ts'
export { AbsentError, InputError } from './errors.ts'
export type { Ending, Fix, Harness, Plan, PlanEvent, Session } from './harness/harness.ts'
export { harnessOf } from './harness/harnesses.ts'
export { type Experiment, type PrepareOptions, prepare } from './run/experiment.ts'
export type { Observer, RunEvent } from './run/observer.ts'
export { listPlans, loadPlan } from './run/plans.ts'
export type { Artifact, InstanceRecord, Outcome, RunRecord } from './run/record.ts'
export { type RunOptions, repeat, run } from './run/run.ts'
export { settle } from './run/settle.ts'
export { type RunSummary, runSummary } from './run/summary.ts'
export { findWorkspace, type Workspace } from './run/workspace.ts'
export { formatSample } from './stats/format.ts'
export { type HopNode, type HopTree, hopTree, pathTo } from './stats/hop-tree.ts'
export { type HopsSample, hops } from './stats/hops.ts'
export { latency } from './stats/latency.ts'
export type { ByClass } from './stats/outcome-class.ts'
export { quantile } from './stats/quantile.ts'
export type { Interval, Sample } from './stats/sample.ts'
export { statistics } from './stats/statistics.ts'
export { type Success, success } from './stats/success.ts'
export { type Traced, type TracedAttempts, trace } from './stats/traced.ts'
export {
  commonPrefixLength,
  compareDistance,
  fromHex,
  keyOf,
  log2Distance,
  toHex,
} from './tables/keyspace.ts'
export { type LoadOptions, load } from './tables/load.ts'
export type { Damage, RunData } from './tables/run-data.ts'
