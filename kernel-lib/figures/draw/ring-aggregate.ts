import { figureOf } from '../words/words.ts'
import { colours } from './colours.ts'
import { type Drawing, type Ground, textSize } from './drawing.ts'
import type { Ring } from './ring.ts'
import { hundredths, painted } from './serialise.ts'

const bits = 5
const cells = 2 ** bits

/** A graph too large to draw edge by edge: entries per table by the leading bits of owner (down) and entry (across). */
export function drawAggregate(ground: Ground, { peers, edges }: Ring): Drawing {
  const owners = new Array<number>(cells).fill(0)
  const counts = new Float64Array(cells * cells)
  const cellOf = (index: number) => Math.min(cells - 1, Math.floor((peers[index]?.at ?? 0) * cells))
  for (const index of peers.keys()) owners[cellOf(index)] = (owners[cellOf(index)] ?? 0) + 1
  for (const { from, to } of edges) {
    const at = cellOf(from) * cells + cellOf(to)
    counts[at] = (counts[at] ?? 0) + 1
  }
  const perTable = [...counts].map((count, at) => count / Math.max(1, owners[Math.floor(at / cells)] ?? 0))
  const most = Math.max(...perTable, Number.MIN_VALUE)
  const size = textSize(ground)
  const side = Math.min(ground.width - size * 5, 480)
  const step = side / cells
  const [left, top] = [(ground.width - side) / 2 + size, size * 2.4]
  const rects = perTable.map((value, at) => {
    if (value === 0) return ''
    const opacity = 0.06 + 0.94 * Math.sqrt(value / most)
    return `<rect x="${hundredths(left + (at % cells) * step)}" y="${hundredths(top + Math.floor(at / cells) * step)}" width="${hundredths(step)}" height="${hundredths(step)}" fill-opacity="${opacity.toFixed(2)}"/>`
  })
  const frame = `<rect x="${hundredths(left)}" y="${top}" width="${hundredths(side)}" height="${hundredths(side)}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>`
  return {
    width: ground.width,
    height: Math.ceil(top + side + size * 3.6),
    body: `<g ${painted('fill', colours.blue)}>${rects.join('')}</g>${frame}${labels({ left, top, side, size, most })}`,
  }
}

function labels({
  left,
  top,
  side,
  size,
  most,
}: {
  left: number
  top: number
  side: number
  size: number
  most: number
}): string {
  const ends = [0, 0.25, 0.5, 0.75].map((from, index) => {
    const middle = (from + 0.125) * side
    const name = `${index.toString(2).padStart(2, '0')}…`
    return `<text x="${hundredths(left + middle)}" y="${hundredths(top + side + size * 1.3)}">${name}</text><text x="${hundredths(left - 8)}" y="${hundredths(top + middle)}" dy="0.32em" text-anchor="end">${name}</text>`
  })
  const below = top + side + size * 2.8
  return `${ends.join('')}<text x="${hundredths(left - size * 3)}" y="${hundredths(top - size)}" text-anchor="start">owner’s key prefix</text><text x="${hundredths(left + side)}" y="${hundredths(below)}" text-anchor="end">entry’s key prefix; strongest: ${figureOf(most)} per table</text>`
}
