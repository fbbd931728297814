import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import type { Manifest } from 'hoplab/composition/manifest.ts'
import { moments, runsOf } from './influxql.ts'
import { type PanelSpec, panelSpecs } from './panel-specs.ts'

/** The data source that the provisioning files declare. */
export const datasource = { type: 'influxdb', uid: 'hoplab' } as const

/**
 * The dashboard of a plan: a picker of runs, start and end of the run as annotations, a panel for what every run tells and for each number that the manifest declares.
 *
 * @param site Address of the published site, without a slash at its end: every panel links to the page of the run there.
 */
export function planDashboard(manifest: Manifest, site: string): Dashboard {
  const { name, about } = manifest
  const builder = new DashboardBuilder(`hoplab: ${name}`)
    .uid(`hoplab-${name}`.slice(0, 40))
    .description(about)
    .tags(['hoplab', name])
    .timezone('browser')
    .time({ from: 'now-24h', to: 'now' })
    .refresh('10s')
    .withVariable(runPicker(name))
    .annotation(annotation('start'))
    .annotation(annotation('end'))
  let row = ''
  for (const spec of panelSpecs(manifest)) {
    if (spec.row !== row) builder.withRow(new RowBuilder(spec.row))
    row = spec.row
    builder.withPanel(panel(spec, site))
  }
  return builder.build()
}

function runPicker(plan: string): QueryVariableBuilder {
  return new QueryVariableBuilder('run')
    .label('Run')
    .datasource(datasource)
    .query(runsOf(plan))
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalDesc)
    .multi(false)
    .includeAll(false)
}

function annotation(moment: 'start' | 'end'): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(moment === 'start' ? 'Run begins' : 'Run ends')
    .datasource(datasource)
    .enable(true)
    .iconColor(moment === 'start' ? 'green' : 'red')
    .target(target(moments(moment), { fromAnnotations: true, textColumn: 'text', tagsColumn: 'moment' }))
}

function panel({ title, about, unit, query }: PanelSpec, site: string): PanelBuilder {
  const page = new DashboardLinkBuilder('Published page of the run')
    .type(DashboardLinkType.Link)
    .url(`${site}/runs/\${run}/index.html`)
    .targetBlank(true)
  return new PanelBuilder()
    .title(title)
    .description(about)
    .datasource(datasource)
    .unit(grafanaUnit(unit))
    .interval('1s')
    .span(8)
    .height(7)
    .links([page])
    .withTarget(target(query))
}

/** Grafana's SDK has no query of InfluxDB. */
function target(query: string, more: Readonly<Record<string, unknown>> = {}): Builder<Dataquery> {
  const values = { refId: 'A', datasource, query, rawQuery: true, resultFormat: 'time_series', ...more }
  return { build: () => ({ _implementsDataqueryVariant() {}, ...values }) }
}

const known: Readonly<Record<string, string>> = {
  ms: 'ms',
  ns: 'ns',
  s: 's',
  '%': 'percent',
  bytes: 'bytes',
  '': 'short',
}

function grafanaUnit(unit: string): string {
  return known[unit] ?? `suffix: ${unit}`
}
