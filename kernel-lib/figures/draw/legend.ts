import { type Drawing, type Ground, textSize } from './drawing.ts'
import { escapeText } from './escape.ts'
import { painted } from './serialise.ts'

/** One entry of a legend: a symbol in its colour and what it stands for. */
export interface Key {
  readonly sign: string
  readonly colour: string
  readonly label: string
}

/** Room that text takes, in user units, a little on the generous side. */
export function textWidth(text: string, size: number): number {
  return [...text].length * size * 0.6
}

/** The drawing with a legend above it, in lines as the ground's width allows. */
export function withLegend(ground: Ground, keys: readonly Key[], drawing: Drawing): Drawing {
  const size = textSize(ground)
  let x = 2
  let row = 0
  const entries = keys.map(({ sign, colour, label }) => {
    const width = size * 1.3 + textWidth(label, size) + size
    if (x > 2 && x + width > ground.width) {
      x = 2
      row++
    }
    const at = x
    x += width
    const y = (row * 1.5 + 1.1) * size
    const paint = colour === 'currentColor' ? 'fill="currentColor"' : `${painted('fill', colour)}`
    return `<text x="${at}" y="${y.toFixed(1)}" text-anchor="start" ${paint}>${sign}</text><text x="${(at + size * 1.3).toFixed(1)}" y="${y.toFixed(1)}" text-anchor="start">${escapeText(label)}</text>`
  })
  const height = Math.ceil((row + 1) * size * 1.5 + 4)
  return {
    width: drawing.width,
    height: drawing.height + height,
    body: `${entries.join('')}<g transform="translate(0,${height})">${drawing.body}</g>`,
  }
}
