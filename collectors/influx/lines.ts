import { Point } from '@influxdata/influxdb-client'
import type { MetricPoint } from 'hoplab/tables/points/point.ts'

/** A point in the line protocol. Every number is a float: one field is then of one type, whoever writes it. */
export function lineOf({ measurement, tags, fields, timeNs }: MetricPoint): string {
  const point = new Point(measurement).timestamp(timeNs)
  // A line end would begin another point, and a backslash at an end swallows what follows.
  for (const [name, value] of Object.entries(tags)) point.tag(name, value.replace(/[\n\r]+/g, ' ').replace(/\\+$/, ''))
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'number') point.floatField(name, value)
    else if (typeof value === 'boolean') point.booleanField(name, value)
    else point.stringField(name, value.replace(/[\n\r]+/g, ' ').slice(0, maxText))
  }
  return point.toLineProtocol() ?? ''
}

/** InfluxDB takes texts of 64 KiB and no longer. */
const maxText = 16_000
