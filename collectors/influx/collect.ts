import type { RunRecord } from 'hoplab'
import { endPoint, outcomePoint, startPoint } from 'hoplab/tables/points/of-run.ts'
import { later, shiftMs } from 'hoplab/tables/points/when.ts'
import { instanceReaders } from './read-points.ts'
import type { MetricsWriter } from './writer.ts'

/**
 * Sends everything that a run which has ended holds. The points are those that an observer sent while it lived, and no others: sent again they stay one.
 *
 * @param folder The run's folder.
 * @returns How many points there are.
 */
export async function collectRun(
  { folder, record }: { readonly folder: string; readonly record: RunRecord },
  writer: MetricsWriter,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<number> {
  const { run, spec, startedMs, instances } = record
  const shift = shiftMs(record)
  const readerOf = await instanceReaders({ run, spec, folder, shiftMs: shift })
  await writer.write([startPoint(run, spec, startedMs)])
  let count = 2
  for (const instance of instances) {
    signal?.throwIfAborted()
    for await (const points of readerOf(instance).rest()) {
      await writer.write(points)
      count += points.length
    }
    await writer.write([later(outcomePoint(run, spec, instance), shift)])
    count += 1
  }
  await writer.write([endPoint(record)])
  return count
}
