import { dot, link, type Markish, ruleX, text } from '@observablehq/plot'
import type { DiagramRow } from '../../stats/lookups/lookup-diagram.ts'
import { figureOf } from '../words/words.ts'
import { colours, markOf, paper } from './colours.ts'
import type { Drawing, Ground } from './drawing.ts'
import { type Key, withLegend } from './legend.ts'
import { plotted } from './plotted.ts'

/** What is drawn of one lookup. */
export interface LookupBars {
  readonly status: string
  readonly durationMs: number
  readonly ownDistance: number | null
  readonly requests: readonly DiagramRow[]
}

interface Placed extends DiagramRow {
  readonly startMs: number
  readonly y: number
  readonly until: number
}

/** When a peer was first turned to, ms since the start: dialled, or asked where no dial was needed. */
export const startOf = (one: DiagramRow): number => one.dialMs ?? one.sentMs ?? 0

/** A bar for each request, time to the right, distance downwards; the path to the result solid, failures marked at their end. */
export function drawLookup(ground: Ground, data: LookupBars): Drawing {
  const { placed, floor, ceiling } = placedOf(data)
  const margin = (ceiling - floor) * 0.08
  const latest = Math.max(data.durationMs, ...placed.map((one) => one.until))
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
      linkMarks(linksOf(placed, data)),
      answeredMarks(placed),
      failedMarks(placed),
      endMarks(data),
      hopLabels(placed),
    ],
  })
  return withLegend(ground, legendOf(data), drawing)
}

function placedOf(data: LookupBars): { placed: Placed[]; floor: number; ceiling: number } {
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

const bar = { x1: 'startMs', x2: 'until', y1: 'y', y2: 'y', strokeLinecap: 'butt', title: hoverOf } as const

function linkMarks(links: readonly Link[]): Markish {
  return link(links, {
    x1: 'x1',
    y1: 'y1',
    x2: 'x2',
    y2: 'y2',
    stroke: 'currentColor',
    strokeOpacity: (one: Link) => (one.onPath ? 0.9 : 0.25),
    strokeWidth: (one: Link) => (one.onPath ? 2 : 1),
  })
}

function answeredMarks(placed: readonly Placed[]): Markish {
  const path = placed.filter((one) => one.winning)
  const others = placed.filter((one) => one.end === 'answered' && !one.winning)
  return [
    link(others, { ...bar, stroke: colours.sky, strokeWidth: 5 }),
    link(path, { ...bar, stroke: colours.blue, strokeWidth: 7 }),
  ]
}

const lookOf = (one: DiagramRow) => markOf(one.end === 'open' ? 'unknown' : (one.cause ?? 'failed'))

function failedMarks(placed: readonly Placed[]): Markish {
  const others = placed.filter((one) => one.end !== 'answered' && !one.winning)
  const stroke = (one: Placed) => lookOf(one).colour
  return [
    link(others, { ...bar, stroke, strokeWidth: 3, strokeDasharray: '5 2' }),
    dot(
      others.filter((one) => one.end !== 'open'),
      {
        x: 'until',
        y: 'y',
        symbol: (one: Placed) => lookOf(one).symbol,
        r: 4.5,
        stroke,
        strokeWidth: 2,
        title: hoverOf,
      },
    ),
  ]
}

function endMarks({ durationMs, ownDistance, status }: LookupBars): Markish {
  return [
    ownDistance === null ? null : dot([ownDistance], { x: [0], y: [ownDistance], r: 5, fill: 'currentColor' }),
    ruleX([durationMs], { strokeDasharray: '2 3', strokeOpacity: 0.6 }),
    text([status === 'ok' ? 'found' : status], {
      x: [durationMs],
      frameAnchor: 'top',
      dy: 2,
      dx: -6,
      textAnchor: 'end',
    }),
  ]
}

function hopLabels(placed: readonly Placed[]): Markish {
  return text(
    placed.filter((one) => one.winning && one.depth !== null),
    {
      x: 'startMs',
      y: 'y',
      dx: 4,
      dy: -12,
      textAnchor: 'start',
      stroke: paper,
      strokeWidth: 4,
      fill: 'currentColor',
      text: (one: Placed) => `hop ${one.depth}`,
    },
  )
}

function legendOf({ requests, ownDistance }: LookupBars): Key[] {
  const failed = requests.filter((one) => one.end === 'failed' || one.end === 'dial-failed')
  const causes = new Map(failed.map((one) => [one.cause ?? one.end, lookOf(one)]))
  return [
    ...(ownDistance === null ? [] : [{ sign: '●', colour: 'currentColor', label: 'own node' }]),
    ...(requests.some((one) => one.winning) ? [{ sign: '▬', colour: colours.blue, label: 'on the path' }] : []),
    ...(requests.some((one) => one.end === 'answered' && !one.winning)
      ? [{ sign: '▬', colour: colours.sky, label: 'answered' }]
      : []),
    ...[...causes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, { sign, colour }]) => ({ sign, colour, label })),
    ...(requests.some((one) => one.end === 'open' && !one.winning)
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

function linksOf(placed: readonly Placed[], data: LookupBars): Link[] {
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
