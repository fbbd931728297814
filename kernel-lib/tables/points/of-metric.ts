import type { MetricPoint } from './point.ts'

/** Files in which Testground's SDKs write metrics, and whose they are. */
export const metricFiles = { 'results.out': 'results', 'diagnostics.out': 'diagnostics' } as const

/**
 * The point of a line that Testground's SDKs write, `{"ts":ns,"type":"histogram","name":"rtt,peer=a","measures":{…}}`. What they pack into a name becomes tags; one that would
 * hide a tag of ours is called `metric_<tag>`.
 *
 * @param source `results` or `diagnostics`, which becomes a tag, as the metric's type does.
 * @returns Null where the line is no metric.
 */
export function metricPoint(
  line: string,
  { origin, source }: { readonly origin: MetricPoint['tags']; readonly source: string },
): MetricPoint | null {
  const metric = parsed(line)
  // The digits are read from the text: as a number they would lose the last ones.
  const timeNs = /"ts":\s*(\d+)/.exec(line)?.[1]
  if (metric === null || timeNs === undefined) return null
  const [measurement = '', ...pairs] = metric.name.split(',')
  const fields = Object.fromEntries(
    Object.entries(metric.measures).filter(([, value]) => typeof value === 'number' && Number.isFinite(value)),
  ) as Record<string, number>
  if (measurement === '' || Object.keys(fields).length === 0) return null
  const own = { ...origin, source, type: metric.type }
  const packed = pairs.map((pair) => pair.split(/=(.*)/s)).filter(([name, value]) => name && value)
  const tags = packed.map(([name = '', value = '']) => [name in own ? `metric_${name}` : name, value] as const)
  return { measurement, tags: { ...own, ...Object.fromEntries(tags) }, fields, timeNs }
}

interface Metric {
  readonly name: string
  readonly type: string
  readonly measures: Readonly<Record<string, unknown>>
}

function parsed(line: string): Metric | null {
  try {
    const { name, type, measures } = JSON.parse(line) as Partial<Metric>
    const fits = typeof name === 'string' && typeof type === 'string' && typeof measures === 'object'
    return fits && measures !== null ? { name, type, measures } : null
  } catch {
    return null
  }
}
