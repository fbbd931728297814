import { join } from 'node:path'
import { records } from '@hoplab/sdk'
import type { RunSpec } from 'hoplab'
import { type NumberedLine, tail } from 'hoplab/run/tail.ts'
import { toldEvent } from 'hoplab/tables/events/line.ts'
import { metricFiles, metricPoint } from 'hoplab/tables/points/of-metric.ts'
import { type PointShape, pointShape, recordPoint } from 'hoplab/tables/points/of-record.ts'
import { eventPoint } from 'hoplab/tables/points/of-run.ts'
import { type MetricPoint, originTags, type PointOrigin } from 'hoplab/tables/points/point.ts'
import { later } from 'hoplab/tables/points/when.ts'
import { ownSchemas } from 'hoplab/tables/schemas.ts'

/** A run whose instances' files are read. */
export interface RunSource {
  readonly run: string
  readonly spec: RunSpec
  readonly folder: string
  /** How much later its points stand than its instances say; see `shiftMs`. */
  readonly shiftMs: number
}

/** Reads each line of one instance's files once, however often it is asked. */
export interface InstanceReader {
  /** Points of what was written since the last time. */
  more(): AsyncGenerator<readonly MetricPoint[]>
  /** The same, last lines without an end included: the instance has ended. */
  rest(): AsyncGenerator<readonly MetricPoint[]>
}

type LinePoint = (line: NumberedLine) => MetricPoint | null

/**
 * Makes readers of instances: their events, the metrics of Testground's SDKs and every kind of record that has a time.
 *
 * @throws InputError where a schema in the run's folder is none.
 */
export async function instanceReaders(source: RunSource): Promise<(origin: PointOrigin) => InstanceReader> {
  const own = await ownSchemas(source.folder)
  const shapes = [...records, ...own].flatMap((schema) => {
    const shape = pointShape(schema)
    return shape === null ? [] : [{ file: schema.file, shape }]
  })
  return (instance) => {
    const origin = originTags(source.run, source.spec, instance)
    const folder = join(source.folder, instance.group, String(instance.index))
    const reader = (file: string, point: LinePoint): FileReader => fileReader(join(folder, file), point, source.shiftMs)
    const files = [
      reader('run.out', ({ text }) => eventPoint(toldEvent(text), origin)),
      ...Object.entries(metricFiles).map(([file, of]) =>
        reader(file, ({ text }) => metricPoint(text, { origin, source: of })),
      ),
      ...shapes.map(({ file, shape }) => reader(file, rowPoint(shape, origin))),
    ]
    return { more: () => each(files, 'lines'), rest: () => each(files, 'rest') }
  }
}

function rowPoint(shape: PointShape, origin: MetricPoint['tags']): LinePoint {
  return ({ text, number: line }) => {
    try {
      const row: unknown = JSON.parse(text)
      const isRow = typeof row === 'object' && row !== null
      return isRow ? recordPoint(shape, row as Readonly<Record<string, unknown>>, { origin, line }) : null
    } catch {
      return null
    }
  }
}

type FileReader = (which: 'lines' | 'rest') => AsyncGenerator<readonly MetricPoint[]>

function fileReader(path: string, point: LinePoint, shiftMs: number): FileReader {
  const file = tail(path)
  return async function* (which) {
    for await (const lines of file[which]())
      yield lines.flatMap((line) => point(line) ?? []).map((one) => later(one, shiftMs))
  }
}

async function* each(files: readonly FileReader[], which: 'lines' | 'rest'): AsyncGenerator<readonly MetricPoint[]> {
  for (const file of files) for await (const points of file(which)) if (points.length > 0) yield points
}
