import type { RunRecord } from '../run/record.ts'
import type { AttemptOptions } from './lookups/attempts.ts'
import { hops } from './lookups/hops.ts'
import { latency } from './lookups/latency.ts'
import { success } from './lookups/success.ts'
import { trace } from './lookups/traced.ts'
import type { Observed } from './observed/observed.ts'
import { formatEstimate } from './sample/format.ts'
import type { Sample } from './sample/sample.ts'
import { type Answer, showing } from './showing.ts'

/** Answers how many hops a lookup takes, how long, and how often it fails, in one sentence with intervals and n; or says that this is unknown, and why. */
export function answer(data: Observed, options: AttemptOptions = {}): Answer {
  const traced = trace(data, options)
  const [succeeded, { all: waited }, taken] = [success(traced), latency(traced), hops(traced)]
  const nodes = data.records.reduce((sum, record) => sum + record.instances.length, 0)
  const rest = [
    `${nodes} nodes`,
    data.records.length > 1 ? `${data.records.length} runs` : null,
    `${traced.ended.length} lookups`,
    `${succeeded.failed} failed`,
    traced.missing > 0 ? `${traced.missing} missing` : null,
    unsuccessful(data.records),
  ].flatMap((part) => part ?? [])
  const unknown = taken.mean === null
  const text = unknown
    ? `Unknown: ${whyUnknown(traced.ended.length, succeeded.failed)} (${rest.join(', ')}).`
    : `A lookup takes ${told(taken, 'hops on average', '95 % ')} and ${told(waited, 'ms at the median')}, and ${told(succeeded, '%')} succeed (${rest.join(', ')}).`
  return showing({ schema: 'hoplab/answer/1', text, unknown })
}

function whyUnknown(ended: number, failed: number): string {
  if (ended === 0) return 'no lookup ended'
  return failed === ended ? 'every lookup failed' : 'the record does not tell the hops of any lookup'
}

function told({ estimate, mean, interval }: Sample, unit: string, level = ''): string {
  const value = estimate ?? mean ?? null
  if (value === null) return `an unknown number of ${unit}`
  const write = (x: number) => (unit === '%' ? (x * 100).toFixed(1) : formatEstimate(x))
  return `${write(value)} ${unit}${interval ? ` (${level}${write(interval.low)}–${write(interval.high)})` : ''}`
}

function unsuccessful(records: readonly RunRecord[]): string | null {
  const outcomes = [...new Set(records.map(({ outcome }) => outcome))].filter((outcome) => outcome !== 'success')
  return outcomes.length > 0 ? `run outcome ${outcomes.join(', ')}` : null
}
