import { type RecordSchema, records } from '@hoplab/sdk'
import type { Manifest, MetricSpec } from 'hoplab/composition/manifest.ts'
import { type PointShape, pointShape } from 'hoplab/tables/points/of-record.ts'
import { countBy, spread, total } from './influxql.ts'

/** What one panel shows. */
export interface PanelSpec {
  readonly row: string
  readonly title: string
  readonly about: string
  /** As it stands on an axis, or an empty string. */
  readonly unit: string
  /** In InfluxQL, with Grafana's variables. */
  readonly query: string
}

/** Every panel of a plan: what is told of any run, then each kind of record and each metric that its manifest declares. */
export function panelSpecs({ records: written, metrics }: Manifest): readonly PanelSpec[] {
  const shapes = records
    .filter((schema) => written.includes(schema.name))
    .flatMap((schema) => {
      const shape = pointShape(schema as RecordSchema)
      return shape === null ? [] : [shape]
    })
  return [...runPanels, ...shapes.flatMap(recordPanels), ...metrics.map(metricPanel)]
}

const runPanels: readonly PanelSpec[] = [
  {
    row: 'Run',
    title: 'Instances that ended, by outcome',
    about: 'How instances ended, when they did.',
    unit: 'instances',
    query: countBy({ measurement: 'outcomes', field: 'seq', tag: 'outcome' }),
  },
  {
    row: 'Run',
    title: 'Events, by kind',
    about: 'What instances told: starts, stages, messages, outcomes.',
    unit: 'events',
    query: countBy({ measurement: 'events', field: 'count', tag: 'kind' }),
  },
]

/** How many there were by each of a record's tags; and each number that has a unit, by group. */
function recordPanels({ measurement, tags, fields }: PointShape): PanelSpec[] {
  const always = fields.find((field) => field.always)?.name
  const counts = always === undefined ? [] : tags.map((tag) => ({ tag, field: always }))
  return [
    ...counts.map(({ tag, field }) => ({
      row: measurement,
      title: `${measurement} by ${tag}`,
      about: `How many ${measurement} there were, by ${tag}.`,
      unit: measurement,
      query: countBy({ measurement, field, tag }),
    })),
    ...fields
      .filter(({ kind, unit }) => kind === 'number' && unit !== '')
      .map(({ name, unit, about }) => ({
        row: measurement,
        title: `${measurement}: ${name}`,
        about,
        unit,
        query: spread({ measurement, field: name }),
      })),
  ]
}

/** The field that tells most of a metric of each type. */
const fieldOf: Readonly<Record<MetricSpec['type'], string>> = {
  point: 'value',
  counter: 'count',
  ewma: 'rate',
  gauge: 'value',
  histogram: 'mean',
  meter: 'm1',
  timer: 'mean',
}

function metricPanel({ name, type, unit, about, source }: MetricSpec): PanelSpec {
  const shown = { measurement: name, field: fieldOf[type], source }
  return { row: source, title: name, about, unit, query: type === 'counter' ? total(shown) : spread(shown) }
}
