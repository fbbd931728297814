import { html } from '../html.ts'
import { document } from './page.ts'

/** What the index says of a page; kept beside it as `page.json`. */
export interface PageEntry {
  readonly slug: string
  readonly title: string
  readonly question: string
  readonly answer: string | null
  readonly harness: string | null
  readonly date: string | null
  /** Runs that the page is drawn from. Pages made before this was kept have none. */
  readonly runs?: readonly PageRun[]
}

/** A run as its own page tells of it. */
export interface PageRun {
  readonly run: string
  readonly outcome: string
  readonly harness: string
  /** Path of its record below the page's folder. Pages made before this was kept have it under the run's id. */
  readonly record?: string
}

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
