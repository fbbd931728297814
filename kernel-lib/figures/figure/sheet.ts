import type { Drawing } from '../draw/drawing.ts'
import { escapeText } from '../draw/escape.ts'
import { ground, palette } from '../draw/root.ts'

/** What stands on a figure that leaves its page. */
export interface SheetParts {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly caption: string
  readonly description: string
  readonly drawing: Drawing
}

interface Line {
  readonly text: string
  readonly size: number
  readonly weight: number
  readonly opacity: number
}

/** The figure as one SVG file with its title, definition and caption on it, for a download or an `<img>`. */
export function sheetSvg(parts: SheetParts): string {
  const id = `${parts.id}-sheet`
  const { width, height, body } = parts.drawing
  const above = [
    ...lines(parts.title, { width, size: 17, weight: 600 }),
    ...lines(parts.subtitle, { width, size: 13, weight: 400 }),
  ]
  const below = lines(parts.caption, { width, size: 12, weight: 400 })
  const top = room(above) + 8
  const total = top + height + room(below) + 12
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="${id}" role="img" aria-labelledby="${id}-t ${id}-d" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="system-ui, sans-serif" fill="currentColor">`,
    `<title id="${id}-t">${escapeText(parts.title)}</title><desc id="${id}-d">${escapeText(parts.description)}</desc>`,
    `<style>:where(.${id}){max-width:100%;height:auto}.${id} text{white-space:pre}${palette(id, body)}${ground(id)}</style>`,
    written(above, 0),
    `<g transform="translate(0,${top})" font-size="13" text-anchor="middle">${body}</g>`,
    written(below, top + height),
    '</svg>',
  ].join('')
}

const leading = 1.35
const room = (all: readonly Line[]): number => Math.ceil(all.reduce((sum, line) => sum + line.size * leading, 0))

function written(all: readonly Line[], from: number): string {
  let y = from
  return all
    .map((line) => {
      y += line.size * leading
      return `<text x="2" y="${y.toFixed(1)}" font-size="${line.size}" font-weight="${line.weight}" fill-opacity="${line.opacity}">${escapeText(line.text)}</text>`
    })
    .join('')
}

function lines(text: string, look: { width: number; size: number; weight: number }): Line[] {
  const { width, size, weight } = look
  const perLine = Math.floor(width / (size * (weight > 400 ? 0.62 : 0.58)))
  return wrap(text, perLine).map((part) => ({ text: part, size, weight, opacity: weight > 400 ? 1 : 0.8 }))
}

/** Text in lines of at most so many characters, broken at spaces; longer words are cut. */
export function wrap(text: string, perLine: number): string[] {
  const result: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((one) => one.match(new RegExp(`.{1,${perLine}}`, 'gu')) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > perLine) {
      result.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? result : [...result, line]
}
