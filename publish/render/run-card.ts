import type { RunSpec } from 'hoplab'
import { currentSpec } from 'hoplab/composition/earlier-spec.ts'
import { sizeWords, startWords } from 'hoplab/composition/start/start-words.ts'
import { duration } from 'hoplab/run/duration.ts'
import { simulated, undecidedLines } from 'hoplab/run/simulated.ts'
import { type Html, html } from '../html.ts'
import type { LiveRunOutput, RunOutput } from '../outputs.ts'

const symbols: Readonly<Record<string, string>> = {
  success: '●',
  failure: '✕',
  crash: '▲',
  timeout: '◆',
  canceled: '○',
  unknown: '?',
}

/** What all links have in common: `, links of 40 ± 5 ms`; nothing where they have no latency, or differ by more than its spread. */
function links({ network, topology }: RunSpec): string {
  const latencyMs = network?.latencyMs ?? 0
  if (network === null || latencyMs === 0 || topology.regions !== null || topology.pairLatency !== null) return ''
  return `, links of ${latencyMs}${network.jitterMs > 0 ? ` ± ${network.jitterMs}` : ''} ms`
}

/** A run in one line: outcome by symbol and word, how many instances ended how, how long it took; then what of it its seed does not decide. */
export function runCard(run: RunOutput | LiveRunOutput): Html {
  if (run.record === null) return html`<p class="run-card">A run that had not ended when the notebook was saved.</p>`
  const { summary, record } = run
  // A notebook may have been executed when specs said less.
  const spec = currentSpec(record.spec)
  const counts = Object.entries(summary.instances).filter(([name, count]) => name !== 'expected' && count > 0)
  const virtualMs = simulated(record)?.virtualMs ?? null
  return html`<p class="run-card"><span class="outcome ${summary.outcome}"><span aria-hidden="true">${symbols[summary.outcome] ?? '?'}</span> ${summary.outcome}</span>
${spec.plan}/${spec.case}, ${sizeWords(spec)} on ${summary.harness}${links(spec)}${spec.start !== null && `, ${startWords(spec.start)}`}:
${counts.map(([name, count]) => `${count} ${name}`).join(', ')}${virtualMs !== null && ` in ${duration(virtualMs)} virtual`}<span data-provenance>${virtualMs === null ? ' in' : ','} ${duration(record.endedMs - record.startedMs)}, run <code>${summary.run}</code></span>${undecidedLines(record).map((line) => html`<br>${line}`)}</p>`
}
