import { sizeWords } from '../../composition/start/start-words.ts'
import { accuracy } from '../lookups/accuracy.ts'
import { latency } from '../lookups/latency.ts'
import { success } from '../lookups/success.ts'
import { trace } from '../lookups/traced.ts'
import type { Observed } from '../observed/observed.ts'
import { formatEstimate } from '../sample/format.ts'
import type { Interval } from '../sample/sample.ts'
import { type Answer, showing } from '../showing.ts'
import type { AtShare } from './against-share.ts'

/**
 * Says in one sentence how long a lookup takes (unknown where failures hide the median), how often it succeeds, and how many of the closest peers it returns (where it claims to), at the lowest share and at the highest.
 *
 * @param kind What the share is of: `behind routers`.
 */
export function answerAgainstShare(places: readonly AtShare[], kind: string): Answer {
  const sorted = [...places].sort((a, b) => a.share - b.share)
  const [low, high] = [sorted.at(0), sorted.at(-1)]
  const unknown = low === undefined || high === undefined || low === high || [low, high].some(isUnknown)
  const text = unknown
    ? `Unknown: the data does not tell how lookups end at two shares of nodes ${kind} (${basis(sorted)}).`
    : `With ${percentOf(high.share)} of the nodes ${kind} a lookup takes ${toldOf(high)}; with ${low.share === 0 ? 'none' : percentOf(low.share)} it takes ${toldOf(low)} (${basis(sorted)}).`
  return showing({ schema: 'hoplab/answer/1', text, unknown })
}

const isUnknown = ({ data }: AtShare): boolean => typeof success(trace(data)).estimate !== 'number'

const percentOf = (share: number): string => `${Number((share * 100).toFixed(1))} %`

function toldOf(place: AtShare): string {
  const taken = trace(place.data)
  const { mean, interval } = accuracy(place.data, taken).recall
  const found =
    typeof mean === 'number' ? ` and return ${share(mean)} %${rangeOf(interval, share)} of the closest peers` : ''
  return `${secondsOf(place)} at the median, ${successOf(place)} succeed${found}`
}

const share = (value: number): string => (value * 100).toFixed(1)

function secondsOf({ data }: AtShare): string {
  const { estimate, interval } = latency(trace(data)).all
  if (typeof estimate !== 'number') return 'an unknown time'
  return `${formatEstimate(estimate / 1000)} s${rangeOf(interval, (ms) => formatEstimate(ms / 1000))}`
}

function successOf({ data }: AtShare): string {
  const { estimate, interval } = success(trace(data))
  return `${share(estimate ?? Number.NaN)} %${rangeOf(interval, share)}`
}

function rangeOf(interval: Interval | null | undefined, write: (value: number) => string): string {
  return interval ? ` (95 % ${write(interval.low)}–${write(interval.high)})` : ''
}

function basis(places: readonly AtShare[]): string {
  const records = places.flatMap(({ data }) => data.records)
  const taken = places.map(({ data }) => trace(data))
  const sum = (of: (each: (typeof taken)[number]) => number) => taken.reduce((all, each) => all + of(each), 0)
  const nodes = [...new Set(records.map(nodesOf))].join(' or ')
  const missing = sum((each) => each.missing)
  return [
    nodes,
    `${records.length} runs`,
    `${sum(({ ended }) => ended.length)} lookups`,
    `${sum((each) => success(each).failed)} failed`,
    ...(missing > 0 ? [`${missing} missing`] : []),
  ].join(', ')
}

/** How many nodes a run had; of a network that began warm also those that ran no program. */
function nodesOf({ spec, instances }: Observed['records'][number]): string {
  return spec.start === null ? `${instances.length} nodes` : sizeWords(spec)
}
