import { type MetricSpec, metricTypes } from './manifest.ts'
import type { Problem } from './problems.ts'
import { type Reader, readTable } from './reader.ts'

/** Reads `[[metrics]]`: `name`, `type` (default point), `unit`, `about`, `source` (results unless diagnostics). */
export function readMetrics(read: Reader, problems: Problem[]): readonly MetricSpec[] {
  return (read.tables('metrics') ?? []).map((table, index) => {
    const where = `metrics[${index}]`
    const one = readTable(table, { where, problems, kind: 'a metric' })
    const name = one.text('name') ?? ''
    if (name === '') problems.push({ where, what: 'has no name; write name = "the-metric"' })
    const spec: MetricSpec = {
      name,
      type: choice(one, { key: 'type', values: metricTypes, problems }),
      unit: one.text('unit') ?? '',
      about: one.text('about') ?? '',
      source: choice(one, { key: 'source', values: ['results', 'diagnostics'] as const, problems }),
    }
    problems.push(...one.unknown())
    return spec
  })
}

/** One of several values, the first unless another is written. */
function choice<T extends string>(
  read: Reader,
  {
    key,
    values,
    problems,
  }: { readonly key: string; readonly values: readonly [T, ...T[]]; readonly problems: Problem[] },
): T {
  const given = read.text(key)
  const found = values.find((value) => value === given)
  if (given !== undefined && found === undefined)
    problems.push({ where: read.where(key), what: `is "${given}"; write one of ${values.join(', ')}` })
  return found ?? values[0]
}
