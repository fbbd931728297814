import { highlight } from 'sugar-high'
import { type Html, raw } from '../html.ts'

/** TypeScript as coloured markup; colours come from the page's CSS, never from attributes. */
export function code(source: string): Html {
  const coloured = highlight(source, { lang: 'typescript' })
  return raw(
    coloured
      .replace(/ style="[^"]*"/g, '')
      .replaceAll('sh__token--', 't-')
      .replaceAll('class="sh__line"', 'class="line"'),
  )
}
