import { basename, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { findCommand } from '../../cli/commands.ts'
import type { Invocation } from '../../command.ts'
import { InputError } from '../../errors.ts'
import { givenParams } from '../../run/given.ts'
import { runsFolderOf } from '../../run/runs-folder.ts'
import { writeNotebook } from '../document/notebook.ts'
import { type Execution, executeNotebook } from './execute.ts'
import { tellProgress } from './progress.ts'

interface Asked {
  readonly file: string
  readonly out: string
  readonly parameters: Readonly<Record<string, string>>
  readonly cellTimeoutMs: number
  /** Folder of the site, an empty string for the default one, null where no page is asked for. */
  readonly site: string | null
}

/** `hoplab notebook run`: runs a notebook, writes the executed copy, and publishes it where asked. Resolves to the exit code. */
export async function runNotebook(invocation: Invocation): Promise<number> {
  const asked = readRequest(invocation)
  const started = performance.now()
  const execution = await executeNotebook(asked.file, {
    parameters: asked.parameters,
    cellTimeoutMs: asked.cellTimeoutMs,
    signal: invocation.signal,
    onProgress: tellProgress(invocation.err, () => performance.now()),
  })
  const interrupted = execution.failed?.why === 'interrupted'
  if (!interrupted) await writeNotebook(execution.notebook, asked.out)
  const elapsedMs = Math.round(performance.now() - started)
  if (execution.failed !== null) tellFailure(asked, execution, invocation)
  if (!interrupted && !invocation.values.json) invocation.out(`notebook: ${asked.out}`)
  const published = execution.failed === null && asked.site !== null ? await publish(asked, invocation) : null
  if (invocation.values.json) invocation.out(JSON.stringify(summary(asked, execution, { elapsedMs, published })))
  if (interrupted) return 130
  return execution.failed === null ? (published?.code ?? 0) : 1
}

function readRequest({ positionals, values }: Invocation): Asked {
  const [, file, site, ...more] = positionals
  if (file === undefined)
    throw new InputError('hoplab notebook run: which notebook? write hoplab notebook run notebooks/dht-lookups.ipynb')
  if (more.length > 0 || (site !== undefined && !values.publish))
    throw new InputError(`hoplab notebook run: one notebook at a time; found also ${[site, ...more].join(', ')}`)
  const cellTimeoutMs = Number(values['cell-timeout'] ?? 600) * 1000
  if (!(cellTimeoutMs > 0 && cellTimeoutMs < 2 ** 31))
    throw new InputError(
      `--cell-timeout ${values['cell-timeout']}: write seconds, more than 0, as in --cell-timeout 600`,
    )
  if (values['in-place'] && values.out !== undefined)
    throw new InputError('--in-place and --out: write one of them, they name different files')
  const out = values['in-place'] ? file : values.out
  return {
    file,
    out: typeof out === 'string' ? out : join(runsFolderOf(), 'notebooks', basename(file)),
    parameters: readParameters(values),
    cellTimeoutMs,
    site: values.publish ? (site ?? '') : null,
  }
}

function readParameters(values: Invocation['values']): Record<string, string> {
  const given = givenParams((values.param ?? []) as readonly string[])
  return { ...given, ...(typeof values.seed === 'string' ? { seed: values.seed } : {}) }
}

function tellFailure({ file, out }: Asked, { failed, cells }: Execution, { err }: Invocation): void {
  if (failed === null) return
  err(`${file}: cell ${failed.cell} of ${cells.expected} failed (id ${failed.id})`)
  err(`${failed.ename}: ${failed.evalue}`)
  const [where] = failed.traceback.filter((line) => /^\s+(at |\S)/.test(line))
  if (where !== undefined) err(where)
  if (failed.why !== 'interrupted') err(`its whole error stands in ${out}; the cells after it were not run`)
}

/** Publishes by the workspace's own `publish` command: this package knows none. */
async function publish({ out, site }: Asked, invocation: Invocation): Promise<{ code: number; lines: string[] }> {
  const command = await findCommand(invocation.workspace, 'publish')
  const json = invocation.values.json === true
  const lines: string[] = []
  const code = await command.run({
    ...invocation,
    positionals: [out],
    values: { json, ...(site === '' || site === null ? {} : { site }) },
    out: json ? (line) => lines.push(line) : invocation.out,
  })
  return { code, lines }
}

function summary(
  { file, out }: Asked,
  { failed, parameters, cells }: Execution,
  { elapsedMs, published }: { elapsedMs: number; published: { lines: readonly string[] } | null },
): object {
  const interrupted = failed?.why === 'interrupted'
  const outcome =
    failed === null ? 'success' : interrupted ? 'canceled' : failed.why === 'timeout' ? 'timeout' : 'failure'
  return {
    schema: 'hoplab/notebook/1',
    notebook: file,
    executed: interrupted ? null : out,
    outcome,
    parameters,
    cells,
    failed: failed && { cell: failed.cell, id: failed.id, name: failed.ename, message: failed.evalue },
    elapsedMs,
    published: published === null ? null : published.lines.map((line) => JSON.parse(line))[0],
  }
}
