import { html } from '../html.ts'
import type { PageEntry, PageRun } from './index-page.ts'
import { document } from './page.ts'

/** The page of each run by its id: where a dashboard leads to, and from there to the notebooks that are drawn from the run. */
export function runPages(entries: readonly PageEntry[]): ReadonlyMap<string, string> {
  const runs = new Map(entries.flatMap(({ runs: of = [] }) => of.map((run) => [run.run, run] as const)))
  const using = (id: string) =>
    entries.flatMap((entry) => (entry.runs ?? []).flatMap((run) => (run.run === id ? [{ ...entry, run }] : [])))
  return new Map([...runs].map(([id, run]) => [id, runPage(run, using(id))]))
}

function runPage(
  { run, outcome, harness }: PageRun,
  entries: readonly (PageEntry & { readonly run: PageRun })[],
): string {
  return document({
    title: `Run ${run}`,
    home: '../../index.html',
    main: html`<header><h1>Run ${run}</h1><p>${outcome}, on ${harness}</p></header>
<main id="content"><ul class="pages">${entries.map(
      (entry) => html`<li><h2><a href="../../${entry.slug}/index.html">${entry.title}</a></h2>
<p>${entry.answer ?? entry.question}</p>
<p><a href="../../${entry.slug}/${entry.run.record ?? `runs/${run}.json`}">Its record</a></p></li>`,
    )}</ul></main>`,
  })
}
