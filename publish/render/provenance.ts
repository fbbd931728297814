import { currentSpec } from 'hoplab/composition/earlier-spec.ts'
import { sizeWords, startWords } from 'hoplab/composition/start/start-words.ts'
import { simulated } from 'hoplab/run/simulated.ts'
import { type Html, html } from '../html.ts'
import type { ModelOutput, RunOutput } from '../outputs.ts'
import type { Page } from '../page.ts'

/** File name of a run's record below the page's folder: its place on the page, counted from 1, for a repetition has another run id. */
export const recordFile = (number: number): string => `runs/${String(number).padStart(2, '0')}.json`

/** File name of a model's card below the page's folder. */
export const modelFile = (model: ModelOutput): string => `models/${model.hash.slice(0, 8)}.json`

/** The command that makes this page again, as a POSIX shell takes it: the same notebook with the same parameters. */
export function repeatCommand({ source, parameters }: Pick<Page, 'source' | 'parameters'>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => ['-p', shellWord(`${name}=${value}`)])
  return ['npx hoplab notebook run', shellWord(source), ...given, '--publish'].join(' ')
}

/** Text as one word of a shell: as it is where nothing in it means anything to one, else in quotes. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** One line a run, folded past three, always in the same order: harness, nodes and how they began where that was warm, seed, spec, trace where it was simulated, run, date, versions; and one a model, which has no run and no date; then how to repeat. */
export function provenance(page: Page): Html {
  return html`<section class="provenance" aria-label="Provenance">${strips(page)}${page.models.map(modelStrip)}
<p class="repeat"><span>Repeat</span> <code id="repeat-command">${repeatCommand(page)}</code> <button type="button" data-copy="repeat-command" hidden>Copy</button></p></section>`
}

/** Runs that stand open; of more than that the first does, and the others fold. */
const mostOpen = 3

function strips({ runs }: Page): Html[] {
  const all = runs.map((run, i) => strip(run, recordFile(i + 1)))
  if (all.length <= mostOpen) return all
  const [first, ...rest] = all as [Html, ...Html[]]
  return [first, html`<details><summary>${rest.length} more runs</summary>${rest}</details>`]
}

function strip(run: RunOutput, record: string): Html {
  const { summary } = run
  const spec = currentSpec(run.record.spec)
  return html`<p><a href="${record}">${summary.harness}</a>
<a href="${record}">${sizeWords(spec)}</a>
${spec.start !== null && html`<a href="${record}">${startWords(spec.start)}</a>\n`}<a href="${record}">seed ${summary.seed}</a>
<a href="${record}" title="${summary.spec}">spec ${summary.spec.slice(0, 8)}</a>
${summary.trace !== undefined && html`<a href="${record}" title="${summary.trace}">trace ${summary.trace.slice(0, 8)}</a>\n`}<span data-provenance><a href="${record}">run ${summary.run}</a>
<a href="${record}"><time datetime="${new Date(run.record.startedMs).toISOString()}">${new Date(run.record.startedMs).toISOString().slice(0, 10)}</time></a></span>
<a href="#versions">versions</a></p>`
}

function modelStrip(model: ModelOutput): Html {
  const card = modelFile(model)
  return html`<p><a href="${card}">model of ${model.name}, no network</a>
<a href="${card}">${model.peers.toLocaleString('en-US')} peers</a>
<a href="${card}">seed ${model.seed}</a>
<a href="${card}" title="${model.hash}">spec ${model.hash.slice(0, 8)}</a>
<a href="#versions">versions</a></p>`
}

/** Which code ran, and the files that hold all of it. Node is the machine's own, so its version is provenance. */
export function footer(page: Page): Html {
  const told = [...page.models.map((model) => model.versions), ...page.runs.map((run) => run.record.versions)]
  const versions = [...new Map(told.flatMap((each) => Object.entries(each))).entries()].sort()
  return html`<section id="versions"><h2>Versions and files</h2>
${versions.length > 0 && html`<dl class="versions">${versions.map(version)}</dl>`}
<ul class="files"><li><a href="${page.slug}.ipynb" download>The executed notebook</a></li>
${page.runs.map((run, i) => recordItem(run, recordFile(i + 1)))}${page.models.map((model) => html`<li><a href="${modelFile(model)}" download>What decides the model of ${model.name}</a></li>`)}</ul></section>`
}

function version([name, value]: readonly [string, string]): Html {
  return html`<div><dt>${name}</dt>${name === 'node' ? html`<dd data-provenance>${value}</dd>` : html`<dd>${value}</dd>`}</div>`
}

function recordItem({ summary, record }: RunOutput, file: string): Html {
  const trace = simulated(record)?.trace ?? null
  return html`<li><a href="${file}" download>Record of run <span data-provenance>${summary.run}</span></a>${
    trace !== null &&
    html`; its trace: ${trace.events} events, sha256 <code>${trace.sha256}</code>; to repeat it alone and compare every event: <code data-provenance>npx hoplab rerun ${summary.run}</code>`
  }</li>`
}
