/** Markup that is already escaped. */
export interface Html {
  readonly html: string
}

/** What a template may hold: text is escaped, markup is not, lists are joined, null and false vanish. */
export type Part = string | number | Html | null | false | readonly Part[]

/** Marks a string as markup; the caller vouches for it. */
export const raw = (markup: string): Html => ({ html: markup })

/** Builds markup from a template; everything put into it is escaped unless it is markup itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return raw(texts.map((text, i) => text + (i < parts.length ? render(parts[i] ?? null) : '')).join(''))
}

function render(part: Part): string {
  if (part === null || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part))
  return 'html' in part ? part.html : part.map(render).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for element content and quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
