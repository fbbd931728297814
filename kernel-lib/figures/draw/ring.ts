import { colours, seriesColour } from './colours.ts'
import { type Drawing, type Ground, textSize } from './drawing.ts'
import { escapeText } from './escape.ts'
import { hundredths, painted } from './serialise.ts'

/** A peer on the ring. */
export interface RingPeer {
  readonly peer: string
  /** Position in the key space, 0 to 1. */
  readonly at: number
  readonly inDegree: number
  /** Position of its component, the largest first. */
  readonly component: number
  /** In no table, or undialable. */
  readonly unreachable: boolean
}

/** A ring and its edges: each joins two peers by position in `peers`, with the bits that their keys share. */
export interface Ring {
  readonly peers: readonly RingPeer[]
  readonly edges: readonly { readonly from: number; readonly to: number; readonly cpl: number }[]
}

const unit = 1000
const layers = 5

/** Peers on the key-space ring, edges as one faint path for each length of shared prefix (nearer peers' edges on top). The edges are written once and used by both drawings. */
export function drawRing(ground: Ground, ring: Ring, figure: string): Drawing {
  const side = Math.min(ground.width, 560)
  const margin = textSize(ground) * 3.4
  const radius = side / 2 - margin
  const centre = { x: ground.width / 2, y: side / 2 }
  const scale = radius / (unit / 2)
  const place = `translate(${hundredths(centre.x - radius)},${hundredths(centre.y - radius)}) scale(${scale.toFixed(5)})`
  const edges = ground.narrow ? '' : `<defs><g id="${figure}-edges">${edgePaths(ring)}</g></defs>`
  const uses = `<use href="#${figure}-edges" xlink:href="#${figure}-edges" transform="${place}"/>`
  const circle = `<circle cx="${centre.x}" cy="${centre.y}" r="${hundredths(radius)}" fill="none" stroke="currentColor" stroke-opacity="0.35"/>`
  return {
    width: ground.width,
    height: side,
    body:
      edges + uses + circle + prefixes(ground, centre, radius) + dots(ring, { centre, radius, narrow: ground.narrow }),
  }
}

function edgePaths({ peers, edges }: Ring): string {
  const points = peers
    .map((peer) => pointAt(peer.at, unit / 2, { x: unit / 2, y: unit / 2 }))
    .map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)
  const drawn = new Set<string>()
  const paths: string[][] = Array.from({ length: layers }, () => [])
  for (const { from, to, cpl } of edges) {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`
    if (drawn.has(key)) continue
    drawn.add(key)
    paths[Math.min(layers - 1, cpl)]?.push(`M${points[from]} ${points[to]}`)
  }
  const faint = Math.min(0.45, Math.max(0.05, 90 / Math.max(1, drawn.size)))
  return paths
    .map((path, layer) => {
      if (path.length === 0) return ''
      const opacity = Math.min(0.6, faint * (1 + layer * 0.6))
      return `<path d="${path.join('')}" fill="none" stroke="currentColor" stroke-opacity="${opacity.toFixed(3)}" stroke-width="0.7" vector-effect="non-scaling-stroke"/>`
    })
    .join('')
}

interface Spot {
  readonly x: number
  readonly y: number
}

/** Key 0 at the top, growing clockwise. */
function pointAt(at: number, radius: number, centre: Spot): Spot {
  const angle = (at - 0.25) * 2 * Math.PI
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
}

function prefixes(ground: Ground, centre: Spot, radius: number): string {
  return ['000', '001', '010', '011', '100', '101', '110', '111']
    .map((bits, index) => {
      const tick = pointAt(index / 8, radius, centre)
      const end = pointAt(index / 8, radius + 6, centre)
      const middle = (index + 0.5) / 8
      const label = pointAt(middle, radius + textSize(ground) * 1.1, centre)
      const anchor = middle < 0.5 ? 'start' : 'end'
      return `<path d="M${hundredths(tick.x)} ${hundredths(tick.y)}L${hundredths(end.x)} ${hundredths(end.y)}" stroke="currentColor" stroke-opacity="0.5"/><text x="${hundredths(label.x)}" y="${hundredths(label.y)}" dy="0.32em" text-anchor="${anchor}" fill-opacity="0.75">${bits}…</text>`
    })
    .join('')
}

/** Colour of a component by its place; those past the fourth share grey. */
export function componentColour(component: number): string {
  return component < 4 ? seriesColour(component) : colours.grey
}

function dots({ peers }: Ring, { centre, radius, narrow }: { centre: Spot; radius: number; narrow: boolean }): string {
  const most = Math.max(1, ...peers.map((peer) => peer.inDegree))
  const largest = Math.max(2.5, Math.min(narrow ? 6 : 8, (radius * 5) / Math.max(1, peers.length)))
  return peers
    .map((peer) => {
      const { x, y } = pointAt(peer.at, radius, centre)
      const r = 1.8 + (largest - 1.8) * Math.sqrt(peer.inDegree / most)
      const colour = componentColour(peer.component)
      const paint = peer.unreachable
        ? `class="hl-fill-paper hl-stroke-${nameOf(colour)}" fill="#fffffe" stroke="${colour}" stroke-width="1.5"`
        : painted('fill', colour)
      const state = peer.unreachable ? ', unreachable' : ''
      return `<circle cx="${hundredths(x)}" cy="${hundredths(y)}" r="${hundredths(peer.unreachable ? Math.max(3, r) : r)}" ${paint}><title>${escapeText(peer.peer)}\nin ${peer.inDegree} tables, component ${peer.component + 1}${state}</title></circle>`
    })
    .join('')
}

function nameOf(colour: string): string {
  return Object.entries(colours).find(([, hex]) => hex === colour)?.[0] ?? 'grey'
}
