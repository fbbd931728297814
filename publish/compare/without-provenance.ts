const opening = /<([a-z][a-z0-9]*)\b[^<>]*\sdata-provenance(?=[\s=>])[^<>]*>/g

/**
 * Markup in which every element marked `data-provenance` is emptied but for its line breaks, so that lines keep their numbers, and the given
 * run ids stand as `run 1`, `run 2`, … wherever they are: what is left a repetition must not change.
 *
 * @param runs Ids of the page's runs, in its order.
 */
export function withoutProvenance(markup: string, runs: readonly string[]): string {
  return withoutIds(emptied(markup), runs)
}

/** Text in which run ids stand as `run 1`, `run 2`, …, in their order. */
export function withoutIds(text: string, runs: readonly string[]): string {
  return runs.reduce((left, run, i) => left.replaceAll(run, `run ${i + 1}`), text)
}

function emptied(markup: string): string {
  const kept: string[] = []
  let from = 0
  for (const match of markup.matchAll(opening)) {
    if (match.index < from) continue
    const [tag, name = ''] = match
    const start = match.index + tag.length
    const end = closing(markup, name, start)
    kept.push(markup.slice(from, start), markup.slice(start, end).replace(/[^\n]+/g, ''))
    from = end
  }
  return [...kept, markup.slice(from)].join('')
}

/** Where the element's own closing tag begins; the end of the text where it has none. */
function closing(markup: string, name: string, start: number): number {
  let depth = 1
  for (const tag of markup.slice(start).matchAll(new RegExp(`<(/?)${name}\\b[^<>]*>`, 'g'))) {
    depth += tag[1] === '/' ? -1 : 1
    if (depth === 0) return start + tag.index
  }
  return markup.length
}
