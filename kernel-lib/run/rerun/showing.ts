import { rerunLines } from './lines.ts'
import type { Rerun } from './result.ts'

/** Adds what a notebook asks a value for when it shows it; not enumerable, so that JSON and equality see the value alone. */
export function showing(rerun: Rerun): Rerun {
  const text = [
    ...rerun.changed.map((line) => `changed since run ${rerun.of}: ${line}`),
    ...rerunLines(rerun),
    `load: const data = await load(${JSON.stringify(rerun.folder)})`,
  ].join('\n')
  const bundle = () => ({
    'application/vnd.hoplab.rerun+json': { ...rerun },
    'text/plain': text,
    'text/html': `<pre>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</pre>`,
  })
  return Object.defineProperty({ ...rerun }, Symbol.for('Jupyter.display'), { value: bundle })
}
