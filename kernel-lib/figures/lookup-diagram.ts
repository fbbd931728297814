import { dot, link, ruleX, text } from '@observablehq/plot'
import type { AttemptOptions } from '../stats/attempts.ts'
import { type DiagramRow, lookupDiagram as requestsOf, typicalLookup } from '../stats/lookup-diagram.ts'
import type { Observed } from '../stats/observed.ts'
import { log2Distance } from '../tables/keyspace.ts'
import { colours, markOf } from './colours.ts'
import type { Drawing, Ground } from './drawing.ts'
import { type Figure, makeFigure } from './figure.ts'
import { withLegend } from './legend.ts'
import { noData } from './no-data.ts'
import { plotted } from './plotted.ts'
import { runIds } from './runs.ts'
import { traced } from './traced.ts'
import { captionOf, counted, figureOf, runsOf, shortName } from './words.ts'

/** What a lookup diagram is drawn from. */
export interface LookupDiagramData {
  readonly lookup: string
  /** How it ended: `ok`, `failed`, `timeout`, `absent`. */
  readonly status: string
  readonly termination: string
  readonly durationMs: number
  readonly hops: number | null
  /** Base-2 logarithm of the own node's distance to the target, null where unknown. */
  readonly ownDistance: number | null
  /** D12: one row for each peer that was dialled or asked. */
  readonly requests: readonly DiagramRow[]
  /** Why this lookup was chosen: `of median number of requests`. */
  readonly chosen: string
  readonly runs: readonly string[]
}

export interface LookupDiagramOptions extends AttemptOptions {
  /** Row of the lookup in the lookups table; where it is not given, a lookup that succeeded with the median number of requests. */
  readonly lookup?: number
}

/** Figure of D12: one lookup, request by request. */
export function lookupDiagram(data: Observed, options: LookupDiagramOptions = {}): Figure {
  const taken = traced(data, options)
  const attempt =
    options.lookup === undefined ? typicalLookup(taken) : taken.ended.find((each) => each.row === options.lookup)
  if (!attempt) return drawLookupDiagram({ ...nothing, runs: runIds(data) })
  const ownKey = attempt.own && taken.keyOf(attempt.own.peer)
  return drawLookupDiagram({
    lookup: `${attempt.group}/${attempt.instance}/${attempt.lookup}`,
    status: attempt.status,
    termination: attempt.termination,
    durationMs: attempt.end_ms - attempt.start_ms,
    hops: attempt.hops.hops,
    ownDistance: ownKey && log2Distance(attempt.targetKey, ownKey),
    requests: requestsOf(attempt, taken.keyOf),
    chosen: options.lookup === undefined ? 'which asks the median number of peers' : 'chosen by row',
    runs: [attempt.run],
  })
}

const nothing = {
  lookup: 'none',
  status: 'unknown',
  termination: 'unknown',
  durationMs: 0,
  hops: null,
  ownDistance: null,
  requests: [],
  chosen: 'since none asked another peer',
}

interface Placed extends DiagramRow {
  readonly startMs: number
  readonly y: number
  readonly until: number
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
      'n 1 lookup',
      runsOf(data.runs),
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
    draw: (ground) => draw(ground, data),
  })
}

const startOf = (one: DiagramRow) => one.dialMs ?? one.sentMs ?? 0
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

function placedOf(data: LookupDiagramData): { placed: Placed[]; floor: number; ceiling: number } {
  const finite = [data.ownDistance, ...data.requests.map((one) => one.log2Distance)].filter(
    (value) => value !== null && Number.isFinite(value),
  ) as number[]
  const ceiling = Math.max(...finite, 1)
  const lowest = Math.min(...finite, ceiling)
  const floor = lowest - Math.max(1, (ceiling - lowest) * 0.12)
  const placed = data.requests.map((one) => ({
    ...one,
    y: one.log2Distance === null ? ceiling : Math.max(one.log2Distance, floor),
    startMs: startOf(one),
    until: one.endMs,
  }))
  return { placed, floor, ceiling }
}

function draw(ground: Ground, data: LookupDiagramData): Drawing {
  const { placed, floor, ceiling } = placedOf(data)
  const margin = (ceiling - floor) * 0.08
  const latest = Math.max(data.durationMs, ...placed.map((one) => one.until))
  const answered = placed.filter((one) => one.end === 'answered')
  const others = placed.filter((one) => one.end !== 'answered')
  const bar = { x1: 'startMs', x2: 'until', y1: 'y', y2: 'y', strokeLinecap: 'butt', title: hoverOf } as const
  const drawing = plotted(ground, {
    height: ground.narrow ? 320 : 380,
    marginTop: 36,
    x: { label: 'time since the start, ms', domain: [0, latest * 1.03], ticks: ground.narrow ? 4 : 7 },
    y: {
      label: 'log2 of the distance to the target, bits (nearer is lower)',
      domain: [floor - margin, ceiling + margin],
      ticks: 5,
    },
    marks: [
      link(linksOf(placed, data), {
        x1: 'x1',
        y1: 'y1',
        x2: 'x2',
        y2: 'y2',
        stroke: 'currentColor',
        strokeOpacity: (one: Link) => (one.onPath ? 0.9 : 0.25),
        strokeWidth: (one: Link) => (one.onPath ? 2 : 1),
      }),
      link(
        answered.filter((one) => !one.winning),
        { ...bar, stroke: colours.sky, strokeWidth: 5 },
      ),
      link(
        answered.filter((one) => one.winning),
        { ...bar, stroke: colours.blue, strokeWidth: 7 },
      ),
      link(others, {
        ...bar,
        stroke: (one: Placed) => markOf(one.cause ?? one.end).colour,
        strokeWidth: 3,
        strokeDasharray: '5 2',
      }),
      dot(
        others.filter((one) => one.end !== 'open'),
        {
          x: 'until',
          y: 'y',
          symbol: 'times',
          r: 4.5,
          stroke: (one: Placed) => markOf(one.cause ?? one.end).colour,
          strokeWidth: 2,
          title: hoverOf,
        },
      ),
      ...(data.ownDistance === null
        ? []
        : [dot([data.ownDistance], { x: 0, y: (value: number) => value, r: 5, fill: 'currentColor' })]),
      text(
        answered.filter((one) => one.winning),
        {
          x: 'startMs',
          y: 'y',
          dx: 4,
          dy: -12,
          textAnchor: 'start',
          text: (one: Placed) => (one.depth === null ? '' : `hop ${one.depth}`),
        },
      ),
      ruleX([data.durationMs], { strokeDasharray: '2 3', strokeOpacity: 0.6 }),
      text([data.durationMs], {
        x: (value: number) => value,
        frameAnchor: 'bottom',
        dy: -5,
        dx: -6,
        textAnchor: 'end',
        text: () => (data.status === 'ok' ? 'found' : data.status),
      }),
    ],
  })
  return withLegend(ground, legendOf(data), drawing)
}

function legendOf(data: LookupDiagramData) {
  const causes = [
    ...new Set(
      data.requests
        .filter((one) => one.end === 'failed' || one.end === 'dial-failed')
        .map((one) => one.cause ?? one.end),
    ),
  ].sort()
  return [
    ...(data.ownDistance === null ? [] : [{ sign: '●', colour: 'currentColor', label: 'own node' }]),
    ...(data.requests.some((one) => one.winning) ? [{ sign: '▬', colour: colours.blue, label: 'on the path' }] : []),
    { sign: '▬', colour: colours.sky, label: 'answered' },
    ...causes.map((cause) => ({ sign: '✕', colour: markOf(cause).colour, label: cause })),
    ...(data.requests.some((one) => one.end === 'open')
      ? [{ sign: '╍', colour: colours.grey, label: 'open at the end' }]
      : []),
  ]
}

interface Link {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly onPath: boolean
}

function linksOf(placed: readonly Placed[], data: LookupDiagramData): Link[] {
  const byPeer = new Map(placed.map((one) => [one.peer, one]))
  return placed.flatMap((one) => {
    const parent = one.parent === null ? null : byPeer.get(one.parent)
    if (parent)
      return [{ x1: parent.until, y1: parent.y, x2: one.startMs, y2: one.y, onPath: one.winning && parent.winning }]
    if (one.parent !== null || data.ownDistance === null) return []
    return [{ x1: 0, y1: data.ownDistance, x2: one.startMs, y2: one.y, onPath: one.winning }]
  })
}

function hoverOf(one: Placed): string {
  const end =
    one.end === 'answered'
      ? `answered after ${figureOf(one.until - one.startMs)} ms`
      : `${one.end}${one.cause ? `: ${one.cause}` : ''}`
  return `${one.peer}\n${end}${one.winning ? '\non the path' : ''}`
}
