import { join } from 'node:path'
import type { Observer, RunEvent, RunSpec } from 'hoplab'
import { programGroups } from 'hoplab/composition/groups.ts'
import { endPoint, outcomePoint, startPoint } from 'hoplab/tables/points/of-run.ts'
import type { PointOrigin } from 'hoplab/tables/points/point.ts'
import { later, shiftMs } from 'hoplab/tables/points/when.ts'
import { influxAddress } from './address.ts'
import { type InstanceReader, instanceReaders, type RunSource } from './read-points.ts'
import { type MetricsWriter, openWriter } from './writer.ts'

export interface ObserveOptions {
  /** Told in one line, at the run's end, what became of the points; and what stands in their way. */
  readonly onNotice: (text: string) => void
}

/** Files of instances that live are read this often. */
const lookEveryMs = 2000
/** After the run, a server that takes nothing for this long is left; what waits for it stays on disk. */
const patienceMs = 30_000

/**
 * An observer that sends a run's metrics to a server while the run lives: what instances write as they write it, events and outcomes. What the server cannot take
 * waits on disk, beside the run, and nothing of it slows the instances down.
 *
 * @param to Address, as `influxAddress` reads it.
 * @throws InputError where that is none.
 */
export function observeInflux(to: string, { onNotice }: ObserveOptions): Observer {
  const address = influxAddress(to)
  let live: LiveRun | null = null
  return async (event) => {
    if (event.kind === 'run-started') {
      const { run, spec, folder, harness, atMs } = event
      const writer = await openWriter(address, { bufferFolder: join(folder, '..', '.metrics') })
      await writer.write([startPoint(run, spec, atMs)])
      live = await follow({ run, spec, folder, shiftMs: shiftMs({ harness, startedMs: atMs }) }, writer)
    }
    await live?.hear(event)
    if (event.kind === 'run-ended') onNotice(await ended(live as LiveRun))
  }
}

interface LiveRun {
  readonly writer: MetricsWriter
  hear(event: RunEvent): Promise<void>
}

async function follow(source: RunSource, writer: MetricsWriter): Promise<LiveRun> {
  const readerOf = await instanceReaders(source)
  const readers = new Map<string, InstanceReader>(
    instancesOf(source.spec).map((one) => [`${one.group}/${one.index}`, readerOf(one)]),
  )
  let last: Promise<void> = Promise.resolve()
  /** One reading at a time: two would read the same lines. */
  const inTurn = (read: () => Promise<void>): Promise<void> => {
    last = last.then(read)
    return last
  }
  const timer = setInterval(() => inTurn(() => pass('more')).catch(() => {}), lookEveryMs)
  timer.unref()

  async function pass(which: 'more' | 'rest'): Promise<void> {
    for (const reader of readers.values()) for await (const points of reader[which]()) await writer.write(points)
  }
  return {
    writer,
    async hear(event) {
      if (event.kind === 'ended') {
        const { group, index } = event.instance
        const reader = readers.get(`${group}/${index}`)
        readers.delete(`${group}/${index}`)
        await inTurn(async () => {
          for await (const points of reader?.rest() ?? []) await writer.write(points)
          await writer.write([later(outcomePoint(source.run, source.spec, event.instance), source.shiftMs)])
        })
      }
      if (event.kind !== 'run-ended') return
      clearInterval(timer)
      await inTurn(() => pass('rest'))
      await writer.write([endPoint(event.record)])
    },
  }
}

/** Every instance of a spec. */
function instancesOf(spec: RunSpec): PointOrigin[] {
  return programGroups(spec).flatMap(({ id, count }) =>
    Array.from({ length: count }, (_, index) => ({ group: id, index })),
  )
}

async function ended({ writer }: LiveRun): Promise<string> {
  const problem = await writer.drained(patienceMs).then(
    () => null,
    (error: Error) => error.message,
  )
  await writer.close()
  const { taken, refused, problems, server } = writer.shipped()
  if (problem !== null) return `metrics: ${problem} (or now: hoplab metrics RUN --influx URL)`
  const told = `metrics: ${taken} points are on ${server?.name}`
  return refused === 0 ? told : `${told}, ${refused} were refused: ${problems.join('; ')}`
}
