import { type Html, html } from '../html.ts'
import type { RunOutput } from '../outputs.ts'
import type { Page } from '../page.ts'
import { nodeCount } from './run-card.ts'

/** File name of a run's record below the page's folder. */
export const recordFile = (run: RunOutput): string => `runs/${run.summary.run}.json`

/** The command that makes this page again: the same notebook with the same parameters. */
export function repeatCommand(page: Page): string {
  const parameters = Object.entries(page.parameters).map(([name, value]) => `-p ${name}=${String(value)}`)
  return ['npx hoplab notebook run', page.source, ...parameters, '--publish'].join(' ')
}

/** One line a run, always in the same order: harness, nodes, seed, spec, run, date, versions; then how to repeat. */
export function provenance(page: Page): Html {
  return html`<section class="provenance" aria-label="Provenance">${page.runs.map(strip)}
<p class="repeat"><span>Repeat</span> <code id="repeat-command">${repeatCommand(page)}</code> <button type="button" data-copy="repeat-command" hidden>Copy</button></p></section>`
}

function strip(run: RunOutput): Html {
  const { summary } = run
  const record = recordFile(run)
  return html`<p><a href="${record}">${summary.harness}</a>
<a href="${record}">${nodeCount(run)} nodes</a>
<a href="${record}">seed ${summary.seed}</a>
<a href="${record}" title="${summary.spec}">spec ${summary.spec.slice(0, 8)}</a>
<span data-provenance><a href="${record}">run ${summary.run}</a>
<a href="${record}"><time datetime="${new Date(run.record.startedMs).toISOString()}">${new Date(run.record.startedMs).toISOString().slice(0, 10)}</time></a></span>
<a href="#versions">versions</a></p>`
}

/** Which code ran, and the files that hold all of it. */
export function footer(page: Page): Html {
  const versions = [...new Map(page.runs.flatMap((run) => Object.entries(run.record.versions))).entries()].sort()
  return html`<section id="versions"><h2>Versions and files</h2>
${versions.length > 0 && html`<dl class="versions">${versions.map(([name, version]) => html`<div><dt>${name}</dt><dd>${version}</dd></div>`)}</dl>`}
<ul class="files"><li><a href="${page.slug}.ipynb" download>The executed notebook</a></li>
${page.runs.map((run) => html`<li><a href="${recordFile(run)}" download>Record of run <span data-provenance>${run.summary.run}</span></a></li>`)}</ul></section>`
}
