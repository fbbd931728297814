export { type Agreement, type AgreementOptions, agreement, type Difference } from './agreement/agreement.ts'
export { answerAgreement } from './agreement/answer.ts'
export type { Step, StepTimes } from './agreement/steps.ts'
export { againstSize, networkSize, type SizeMeasureName, type SizePoint } from './growth/against-size.ts'
export { growthPerDecade } from './growth/per-decade.ts'
export { type Level, type SlopeSample, slopeSample } from './growth/slope.ts'
export {
  type Accuracy,
  accuracy,
  dialableRecall,
  type RankError,
} from './lookups/accuracy.ts'
export { type Attempt, type AttemptOptions, type Attempts, attempts } from './lookups/attempts.ts'
export { alreadyConnected } from './lookups/connected.ts'
export { type Dials, dials } from './lookups/dials.ts'
export { type FailedDials, failedDials } from './lookups/failed-dials.ts'
export { failureReasons } from './lookups/failure-reasons.ts'
export { type HopKinds, hopKinds } from './lookups/hop-kinds.ts'
export { type HopNode, type HopTree, pathTo } from './lookups/hop-tree.ts'
export { type HopsSample, hops } from './lookups/hops.ts'
export { latency } from './lookups/latency.ts'
export { type DiagramRow, lookupDiagram, typicalLookup } from './lookups/lookup-diagram.ts'
export { type Messages, messages } from './lookups/messages.ts'
export type { ByClass } from './lookups/outcome-class.ts'
export { type Progress, progress } from './lookups/progress.ts'
export { type RoundTrips, roundTrips } from './lookups/round-trip.ts'
export { type Success, success } from './lookups/success.ts'
export { type Termination, termination } from './lookups/termination.ts'
export { type Traced, type TracedAttempts, trace } from './lookups/traced.ts'
export type { Observed } from './observed/observed.ts'
export {
  type ComparePairedOptions,
  comparePaired,
  type PairedComparison,
  type PairedVerdict,
} from './paired/compare-paired.ts'
export { changeInWords, meanInWords, verdictInWords } from './paired/words.ts'
export {
  type Availability,
  type AvailabilityAt,
  type AvailabilityOptions,
  availability,
} from './records/availability.ts'
export { type Provides, placed, provides } from './records/provides.ts'
export { type BucketFill, bucketFill, type Fill } from './routing/bucket-fill.ts'
export { type Connectivity, connectivity } from './routing/connectivity.ts'
export { type Degree, type Degrees, degrees } from './routing/degree.ts'
export { type Neighbourhood, neighbourhood } from './routing/neighbourhood.ts'
export { type PathLengths, pathLengths } from './routing/path-lengths.ts'
export { type Stale, stale } from './routing/stale.ts'
export { serverGraph, type TableGraph, tableGraphs } from './routing/table-graph.ts'
export { tableSizes } from './routing/table-sizes.ts'
export { type Tables, tablesAt } from './routing/tables.ts'
export { type About, type Accounted, meanSample, type Observation, shareSample } from './sample/estimate.ts'
export { formatSample } from './sample/format.ts'
export { type Duration, type IncidenceStep, incidence, incidenceQuantile } from './sample/incidence.ts'
export { quantile } from './sample/quantile.ts'
export type { Interval, Sample } from './sample/sample.ts'
export type { Verdict } from './sample/verdict.ts'
export { wilson } from './sample/wilson.ts'
export { type Askers, type AtShare, againstShare, type SharePoint } from './shares/against-share.ts'
export { answerAgainstShare } from './shares/answer.ts'
export type { ShareMeasureName } from './shares/share-measures.ts'
export { answerInWords } from './showing.ts'
export { type Statistics, type StatisticsOptions, statistics } from './statistics.ts'
