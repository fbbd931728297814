import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Manifest } from 'hoplab/composition/manifest.ts'
import { datasource, planDashboard } from './dashboard.ts'

export interface ProvisionOptions {
  /** Address of the published site. */
  readonly site: string
  /** Address of InfluxDB as Grafana sees it, and its database. */
  readonly influx: { readonly url: string; readonly database: string }
}

/**
 * Writes what Grafana reads at its start: `dashboards/<plan>.json`, `provisioning/dashboards/hoplab.yaml`, `provisioning/datasources/hoplab.yaml`.
 *
 * @param out Folder, made where it is missing; Grafana must see it at the same path.
 * @returns Paths of the files.
 */
export async function provision(
  plans: readonly Manifest[],
  out: string,
  { site, influx }: ProvisionOptions,
): Promise<readonly string[]> {
  const base = site.replace(/\/+$/, '')
  const files = [
    ...plans.map((manifest) => ({
      path: join(out, 'dashboards', `${manifest.name}.json`),
      text: `${JSON.stringify(planDashboard(manifest, base), null, 2)}\n`,
    })),
    { path: join(out, 'provisioning/dashboards/hoplab.yaml'), text: provider(resolve(out, 'dashboards')) },
    { path: join(out, 'provisioning/datasources/hoplab.yaml'), text: source(influx) },
  ]
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  return files.map(({ path }) => path)
}

/** JSON strings are YAML strings. */
const yaml = (text: string): string => JSON.stringify(text)

function provider(folder: string): string {
  return `apiVersion: 1
providers:
  - name: hoplab
    type: file
    updateIntervalSeconds: 30
    allowUiUpdates: false
    options:
      path: ${yaml(folder)}
`
}

/** The token stays in Grafana's environment: no file holds it. */
function source({ url, database }: ProvisionOptions['influx']): string {
  return `apiVersion: 1
datasources:
  - name: hoplab
    uid: ${datasource.uid}
    type: ${datasource.type}
    access: proxy
    url: ${yaml(url)}
    isDefault: true
    jsonData:
      dbName: ${yaml(database)}
      httpMode: GET
      httpHeaderName1: Authorization
    secureJsonData:
      httpHeaderValue1: Token $INFLUX_TOKEN
`
}
