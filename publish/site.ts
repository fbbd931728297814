import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { csv } from './csv.ts'
import type { Page } from './page.ts'
import { dataFile } from './render/figure.ts'
import { type PageEntry, renderIndex } from './render/index-page.ts'
import { renderPage } from './render/page.ts'
import { modelFile, recordFile } from './render/provenance.ts'
import { runPages } from './render/run-page.ts'

/** The files of a page by path below its folder: a pure function of the notebook. */
export function pageFiles(page: Page, notebookText: string): ReadonlyMap<string, string> {
  const first = page.runs[0]
  const entry: PageEntry = {
    slug: page.slug,
    title: page.title,
    question: page.question,
    answer: page.answer?.text ?? null,
    harness: first?.summary.harness ?? (page.models.length > 0 ? 'model' : null),
    date: first === undefined ? null : new Date(first.record.startedMs).toISOString().slice(0, 10),
    runs: page.runs.map(({ summary }, i) => ({
      run: summary.run,
      outcome: summary.outcome,
      harness: summary.harness,
      record: recordFile(i + 1),
    })),
  }
  return new Map([
    ['index.html', renderPage(page)],
    ['page.json', `${JSON.stringify(entry, null, 1)}\n`],
    [`${page.slug}.ipynb`, notebookText],
    ...page.runs.map((run, i) => [recordFile(i + 1), `${JSON.stringify(run.record, null, 1)}\n`] as const),
    ...page.models.map((model) => [modelFile(model), `${JSON.stringify(model, null, 1)}\n`] as const),
    ...page.figures.map((figure, i) => [dataFile(figure, i + 1), csv(figure.columns, figure.rows)] as const),
  ])
}

/** Writes a page beside its old one and swaps them, so that a reader never meets half a page; then the index. Returns the page's path. */
export async function writePage(site: string, page: Page, notebookText: string): Promise<string> {
  const folder = join(site, page.slug)
  const fresh = `${folder}.new-${process.pid}`
  for (const [path, text] of pageFiles(page, notebookText)) {
    await mkdir(dirname(join(fresh, path)), { recursive: true })
    await writeFile(join(fresh, path), text)
  }
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
  await writeIndex(site)
  return join(folder, 'index.html')
}

async function writeIndex(site: string): Promise<void> {
  const names = (await readdir(site, { withFileTypes: true }))
    .filter((item) => item.isDirectory())
    .map((item) => item.name)
  const entries: PageEntry[] = []
  for (const name of names.sort()) {
    const text = await readFile(join(site, name, 'page.json'), 'utf8').catch(() => null)
    if (text !== null && !name.includes('.new-')) entries.push(JSON.parse(text))
  }
  await writeSwapped(join(site, 'index.html'), renderIndex(entries))
  for (const [run, text] of runPages(entries)) await writeSwapped(join(site, 'runs', run, 'index.html'), text)
}

async function writeSwapped(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const fresh = `${path}.new-${process.pid}`
  await writeFile(fresh, text)
  await rename(fresh, path)
}
