import { createHash } from 'node:crypto'
import type { NotebookCell } from 'hoplab'
import { type Html, html, raw } from '../html.ts'
import type { Page } from '../page.ts'
import { code } from './code.ts'
import { type Heading, inline, markdown } from './markdown.ts'
import { type Numbers, output } from './output.ts'
import { footer, provenance } from './provenance.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** A page as one HTML document: pure, so that the same notebook gives the same bytes. */
export function renderPage(page: Page): string {
  const taken = new Set(['versions', 'repeat-command', 'content'])
  let figures = 0
  let outputs = 0
  const headings: Heading[] = []
  const body = page.cells.map((cell) =>
    renderCell(cell, {
      nextFigure: () => ++figures,
      nextOutput: () => ++outputs,
      text: (source) => {
        const rendered = markdown(source, taken)
        headings.push(...rendered.headings)
        return rendered.body
      },
    }),
  )
  return document({
    title: page.title,
    home: '../index.html',
    main: html`<header><h1>${page.title}</h1>
${page.question !== '' && html`<p class="question">${inline(page.question)}</p>`}
${answer(page)}
${provenance(page)}</header>
${contents(headings)}
<main id="content">${body}${footer(page)}</main>`,
  })
}

interface Context extends Numbers {
  readonly text: (source: string) => Html
}

function renderCell(cell: NotebookCell, context: Context): Html | null {
  const { source } = cell
  if (cell.cell_type === 'markdown') return html`<section class="text">${context.text(source)}</section>`
  if (cell.cell_type !== 'code' || source.trim() === '') return null
  const outputs = (cell.outputs ?? []).map((item) => output(item, context))
  return html`<section class="cell"><details class="code"><summary>Show code</summary><pre tabindex="0" aria-label="Code"><code>${code(source)}</code></pre></details>
${outputs}</section>`
}

function answer(page: Page): Html | null {
  if (page.answer === null) return null
  return html`<p class="answer ${page.answer.unknown ? 'unknown' : ''}">${page.answer.unknown && html`<strong>Unknown.</strong> `}${page.answer.text}</p>`
}

function contents(headings: readonly Heading[]): Html | null {
  const sections = headings.filter((heading) => heading.level <= 2)
  if (sections.length < 2) return null
  return html`<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ol>
${sections.map((heading) => html`<li><a href="#${heading.id}">${inline(heading.text)}</a></li>`)}<li><a href="#versions">Versions and files</a></li></ol></details></nav>`
}

const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** The frame that pages and the index share. Its policy lets a browser ask nobody for anything. */
export function document({ title, home, main }: { title: string; home: string | null; main: Html }): string {
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
${home !== null && html`<nav class="home" aria-label="Site"><a href="${home}">All pages</a></nav>`}
${main}
<script>${raw(script)}</script>
</body>
</html>`.html
  }\n`
}
