import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import * as assert from 'uvu/assert'
import { listPlans } from '../../kernel-lib/run/plans.ts'
import { findWorkspace } from '../../kernel-lib/run/workspace.ts'
import { provision } from '../../publish/dashboards/provision.ts'
import { publish } from '../../publish/publish.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { describe } from '../suite.ts'
import { notebook } from './executed.ts'

const root = resolve(import.meta.dirname, '../..')
const influx = { url: 'http://127.0.0.1:8086', database: 'hoplab' }

async function dashboards(site: string): Promise<Record<string, unknown>[]> {
  const plans = await listPlans(findWorkspace(root))
  const files = await provision(
    plans.map(({ manifest }) => manifest),
    freshFolder(),
    { site, influx },
  )
  assert.is(files.length, plans.length + 2)
  return files.filter((file) => file.endsWith('.json')).map((file) => JSON.parse(readFileSync(file, 'utf8')))
}

/** Every value of a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesOf(key, inner)])
}

interface Provisioned {
  readonly templating?: { readonly list?: readonly Readonly<Record<string, unknown>>[] }
  readonly annotations?: { readonly list?: readonly { readonly target?: Readonly<Record<string, unknown>> }[] }
}

/** Without what Grafana reads and its types do not name: `auto…` of variables, and what a data source adds to the query of an annotation. */
function withoutUntyped(dashboard: Provisioned): unknown {
  return {
    ...dashboard,
    templating: { list: dashboard.templating?.list?.map(({ auto, auto_min, auto_count, ...variable }) => variable) },
    annotations: {
      list: dashboard.annotations?.list?.map(({ target, ...rest }) => ({
        ...rest,
        target: { refId: target?.refId, datasource: target?.datasource },
      })),
    },
  }
}

/** What the TypeScript compiler finds wrong with a value as a Dashboard of Grafana's own types. */
function typeProblems(values: readonly unknown[]): string[] {
  // Below the workspace, where the compiler finds @grafana/schema.
  const folder = mkdtempSync(join(root, 'node_modules/.hoplab-types-'))
  try {
    const file = join(folder, 'dashboards.ts')
    const literals = values.map((value, i) => `export const d${i}: Dashboard = ${JSON.stringify(value)}`)
    writeFileSync(file, `import type { Dashboard } from '@grafana/schema'\n${literals.join('\n')}\n`)
    const program = ts.createProgram([file], {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
    })
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('dashboards', (test) => {
  test('are dashboards by the types that Grafana publishes', async () => {
    const all = await dashboards('https://lab.example')
    assert.ok(all.length >= 2)
    assert.equal(typeProblems(all.map(withoutUntyped)), [])
    assert.match(
      typeProblems([{ ...(withoutUntyped(all[0] ?? {}) as object), schemaVersion: 'new' }]).join(),
      /not assignable to type 'number'/,
    )
  })

  test('have a picker of runs, start and end of the run, and a panel for what the manifest declares', async () => {
    const dht = (await dashboards('https://lab.example')).find(({ uid }) => uid === 'hoplab-dht')
    assert.match(JSON.stringify(dht?.templating), /"name":"run".*SHOW TAG VALUES.*dht/)
    assert.match(JSON.stringify(dht?.annotations), /Run begins.*Run ends/s)
    const titles = valuesOf('title', dht?.panels)
    for (const title of ['lookups: duration_ms', 'lookups by status', 'diagnostics: cpu_percent', 'snapshots: k'])
      assert.ok(titles.includes(title), title)
  })

  test('every link leads to a page that is there, once the run is published', async () => {
    const site = freshFolder()
    const path = join(mkdtempSync(join(tmpdir(), 'hoplab-publish-')), 'far.executed.ipynb')
    writeFileSync(path, JSON.stringify(notebook()))
    await publish(path, site)
    const links = (await dashboards(pathToFileURL(site).href)).flatMap((one) => valuesOf('url', one))
    assert.ok(links.length > 20)
    for (const link of new Set(links)) {
      const page = fileURLToPath(String(link).replaceAll(/\$\{run\}/g, '01K0000000000000000000TEST'))
      assert.ok(existsSync(page), page)
      const further = [...readFileSync(page, 'utf8').matchAll(/href="(\.\.[^"#]*)"/g)].map((match) => match[1] ?? '')
      assert.ok(further.length >= 3)
      for (const href of further) assert.ok(existsSync(resolve(page, '..', href)), href)
    }
  })
})
