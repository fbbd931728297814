import { html } from '../html.ts'
import type { PageEntry } from '../site.ts'
import { document } from './page.ts'

/** The site's first page: every page with its question's answer, by title. */
export function renderIndex(entries: readonly PageEntry[]): string {
  return document({
    title: 'Experiments',
    home: null,
    main: html`<header><h1>Experiments</h1></header>
<main id="content"><ul class="pages">${entries.map(
      (entry) => html`<li><h2><a href="${entry.slug}/index.html">${entry.title}</a></h2>
<p>${entry.answer ?? entry.question}</p>
<p class="question"><span data-provenance>${entry.date ?? ''}</span> ${entry.harness ?? ''}</p></li>`,
    )}</ul></main>`,
  })
}
