import { log2Distance } from '@hoplab/sdk'
import type { AttemptOptions } from '../stats/lookups/attempts.ts'
import { type DiagramRow, lookupDiagram as requestsOf, typicalLookup } from '../stats/lookups/lookup-diagram.ts'
import { trace } from '../stats/lookups/traced.ts'
import type { Observed } from '../stats/observed/observed.ts'
import { type DrawnRun, drawnRuns } from './data/runs.ts'
import { drawLookup, startOf } from './draw/lookup-bars.ts'
import type { Figure } from './figure/figure.ts'
import { makeFigure } from './figure/make-figure.ts'
import { noData } from './figure/no-data.ts'
import { captionOf, counted, figureOf, shortName } from './words/words.ts'

/** What a lookup diagram is drawn from. */
export interface LookupDiagramData {
  readonly lookup: string
  /** How it ended: `ok`, `failed`, `timeout`, `absent`. */
  readonly status: string
  readonly termination: string
  readonly durationMs: number
  readonly hops: number | null
  /** Whether the two nodes were connected beforehand. */
  readonly connected: boolean | null
  /** Base-2 logarithm of the own node's distance to the target, null where unknown. */
  readonly ownDistance: number | null
  /** D12: one row for each peer that was dialled or asked. */
  readonly requests: readonly DiagramRow[]
  /** Why this lookup was chosen: `of median number of requests`. */
  readonly chosen: string
  readonly runs: readonly DrawnRun[]
}

/** Which lookup the diagram shows. */
export interface LookupDiagramOptions extends AttemptOptions {
  /** Row of the lookup in the lookups table; where it is not given, a lookup that succeeded with the median number of requests. */
  readonly lookup?: number
}

/** Figure of D12: one lookup, request by request. */
export function lookupDiagram(data: Observed, options: LookupDiagramOptions = {}): Figure {
  const taken = trace(data, options)
  const attempt =
    options.lookup === undefined ? typicalLookup(taken) : taken.ended.find((each) => each.row === options.lookup)
  if (!attempt) return drawLookupDiagram({ ...nothing, runs: drawnRuns(data) })
  const ownKey = attempt.own && taken.keyOf(attempt.own.peer)
  return drawLookupDiagram({
    lookup: `${attempt.group}/${attempt.instance}/${attempt.lookup}`,
    status: attempt.status,
    termination: attempt.termination,
    durationMs: attempt.end_ms - attempt.start_ms,
    hops: attempt.hops.hops,
    connected: attempt.connected,
    ownDistance: ownKey && log2Distance(attempt.targetKey, ownKey),
    requests: requestsOf(attempt, taken.keyOf),
    chosen: options.lookup === undefined ? 'which asks the median number of peers' : 'chosen by row',
    runs: drawnRuns(data, attempt.run),
  })
}

const nothing = {
  lookup: 'none',
  status: 'unknown',
  termination: 'unknown',
  durationMs: 0,
  hops: null,
  connected: null,
  ownDistance: null,
  requests: [],
  chosen: 'since none asked another peer',
}

/** The same from the statistic: time to the right, distance downwards, a bar for each request, the path to the result solid. */
export function drawLookupDiagram(data: LookupDiagramData): Figure {
  const common = {
    name: 'lookup-diagram',
    subtitle:
      'A lookup, request by request (D12). Each bar is one peer, from the moment it was dialled or asked to its answer; lower is nearer to the target (log2 of the XOR distance).',
    caption: captionOf(
      `lookup ${data.lookup}, ${data.chosen}`,
      `ended ${data.termination}`,
      `${counted(data.requests.length, 'peer')} asked, ${failedOf(data)} without an answer`,
      `the pair ${data.connected === null ? 'may have been' : data.connected ? 'was' : 'was not'} connected beforehand`,
      'n 1 lookup',
    ),
    runs: data.runs,
  }
  if (data.requests.length === 0)
    return noData({
      ...common,
      what: 'The course of a lookup',
      why: 'the lookup asked no other peer, or none is recorded',
    })
  const title = titleOf(data)
  return makeFigure({
    ...common,
    title,
    description: `${title}. Path: ${
      data.requests
        .filter((one) => one.winning)
        .map((one) => shortName(one.peer))
        .join(', then ') || 'unknown'
    }.`,
    columns: ['peer', 'start_ms', 'end_ms', 'end', 'cause', 'log2_distance', 'named_by', 'on_path'],
    rows: data.requests.map((one) => [
      one.peer,
      startOf(one),
      one.endMs,
      one.end,
      one.cause,
      Number.isFinite(one.log2Distance) ? one.log2Distance : null,
      one.parent,
      one.winning,
    ]),
    draw: (ground) => drawLookup(ground, data),
  })
}

const failedOf = ({ requests }: LookupDiagramData) => requests.filter((one) => one.end !== 'answered').length

function titleOf(data: LookupDiagramData): string {
  const asked = counted(data.requests.length, 'peer')
  const hops = data.hops === null ? 'an unknown number of hops' : counted(data.hops, 'hop')
  const outcome =
    data.status === 'ok'
      ? `finds its target in ${hops} and ${figureOf(data.durationMs)} ms`
      : `ends ${data.status} after ${figureOf(data.durationMs)} ms`
  return `This lookup asks ${asked} and ${outcome}`
}
