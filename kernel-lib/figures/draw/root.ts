import { type ColourName, colours, onDark } from './colours.ts'
import { type Drawing, narrowBelow } from './drawing.ts'
import { escapeText } from './escape.ts'

/** What goes into one SVG element: names for those who do not see it, and both drawings. */
export interface RootParts {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly wide: Drawing
  readonly narrow: Drawing
}

const text = 'font-family="system-ui, -apple-system, \'Segoe UI\', sans-serif" fill="currentColor" text-anchor="middle"'

/** One SVG that stands alone or inline: the narrow drawing takes over by itself where the page is narrow, colours follow the page, its scheme, or the reader's. */
export function rootSvg(parts: RootParts): string {
  const { id, wide, narrow } = parts
  const scale = (wide.width / narrow.width).toFixed(4)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="${id}" class="${id}" role="img" aria-labelledby="${id}-t ${id}-d" width="${wide.width}" height="${wide.height}" viewBox="0 0 ${wide.width} ${wide.height}" preserveAspectRatio="xMidYMin meet" ${text}>`,
    `<title id="${id}-t">${escapeText(parts.title)}</title><desc id="${id}-d">${escapeText(parts.description)}</desc>`,
    `<style>${style(parts)}</style>`,
    `<g class="hl-wide" font-size="13">${wide.body}</g>`,
    `<g class="hl-narrow" display="none" font-size="12" transform="scale(${scale})">${narrow.body}</g>`,
    '</svg>',
  ].join('')
}

function style({ id, wide, narrow }: RootParts): string {
  return [
    `svg.${id}{width:100%;max-width:${wide.width}px;height:auto}`,
    `.${id} text{white-space:pre}`,
    palette(id, wide.body + narrow.body),
    ground(id),
    `@media (max-width:${narrowBelow}px){svg.${id}:not(:root){aspect-ratio:${narrow.width}/${Math.round(narrow.height)}}svg.${id}:not(:root)>.hl-wide{display:none}svg.${id}:not(:root)>.hl-narrow{display:inline}}`,
  ].join('')
}

/** Rules that let a page restyle each palette colour that is drawn, and lighten some on a dark ground. */
export function palette(id: string, drawn: string): string {
  const names = (Object.keys(colours) as ColourName[]).filter(
    (name) => drawn.includes(`-${name}"`) || drawn.includes(`-${name} `),
  )
  const rules = (name: ColourName, hex: string) =>
    ['fill', 'stroke']
      .filter((property) => drawn.includes(`hl-${property}-${name}`))
      .map((property) => `.${id} .hl-${property}-${name}{${property}:var(--hoplab-${name},${hex})}`)
      .join('')
  const dark = names
    .filter((name) => onDark[name])
    .map((name) => rules(name, onDark[name] ?? colours[name]))
    .join('')
  return (
    names.map((name) => rules(name, colours[name])).join('') +
    (dark ? `@media (prefers-color-scheme:dark){${dark}}` : '')
  )
}

/** Ground and ink of a figure that stands alone, and the paper that hollow marks are filled with. */
export function ground(id: string): string {
  const hollow = (hex: string) =>
    `.${id} .hl-fill-paper{fill:var(--hoplab-paper,var(--paper,var(--jp-layout-color0,${hex})))}.${id} .hl-stroke-paper{stroke:var(--hoplab-paper,var(--paper,var(--jp-layout-color0,${hex})))}`
  return `svg.${id}:root{color:#1b1b1b;background:#fff}${hollow('#fff')}@media (prefers-color-scheme:dark){svg.${id}:root{color:#e8e8e8;background:#16181c}${hollow('#16181c')}}`
}
