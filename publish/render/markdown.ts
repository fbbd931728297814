import MarkdownIt from 'markdown-it'
import { type Html, raw } from '../html.ts'
import { code } from './code.ts'

/** Markup in Markdown is shown as text: a page holds only what the renderer made. */
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false, highlight: (text) => code(text).html })

/** Heading text to an id that is stable and unique among those in `taken`. */
export function slugOf(text: string, taken: Set<string>): string {
  const base =
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'section'
  let id = base
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`
  taken.add(id)
  return id
}

/** A heading, for the table of contents. */
export interface Heading {
  readonly level: number
  readonly text: string
  readonly id: string
}

/** Markdown as markup, with ids on its headings; tables scroll inside themselves. */
export function markdown(source: string, taken: Set<string> = new Set()): { body: Html; headings: Heading[] } {
  const headings: Heading[] = []
  const tokens = parser.parse(source, {})
  tokens.forEach((token, i) => {
    if (token.type !== 'heading_open') return
    const text = tokens[i + 1]?.content ?? ''
    const id = slugOf(text, taken)
    token.attrSet('id', id)
    headings.push({ level: Number(token.tag.slice(1)), text, id })
  })
  const body = parser.renderer
    .render(tokens, parser.options, {})
    .replaceAll('<table>', '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>')
    .replaceAll('</table>', '</table></div>')
  return { body: raw(body), headings }
}

/** One line of Markdown without a paragraph around it. */
export const inline = (source: string): Html => raw(parser.renderInline(source))
