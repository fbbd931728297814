import { instanceCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { InstanceRecord, RunRecord } from '../../run/record.ts'
import { simulated } from '../../run/simulated.ts'
import type { ToldEvent } from '../events/line.ts'
import { type MetricPoint, nanoseconds, originTags } from './point.ts'

/** The run's beginning, of measurement `runs`, tagged `moment=start`. */
export function startPoint(run: string, spec: RunSpec, startedMs: number): MetricPoint {
  const instances = instanceCount(spec)
  return {
    measurement: 'runs',
    tags: { ...originTags(run, spec), moment: 'start' },
    fields: { instances, text: `${spec.plan} ${spec.case} begins on ${instances} instances` },
    timeNs: nanoseconds(startedMs),
  }
}

/** The run's end, of measurement `runs`, tagged `moment=end` and with its outcome; of a simulation, the end of its network's time, where its points end. `duration_ms` is the machine's. */
export function endPoint(record: RunRecord): MetricPoint {
  const { run, spec, outcome, startedMs, endedMs, instances } = record
  const networkMs = simulated(record)?.virtualMs ?? null
  return {
    measurement: 'runs',
    tags: { ...originTags(run, spec), moment: 'end', outcome },
    fields: {
      instances: instances.length,
      duration_ms: endedMs - startedMs,
      text: `${spec.plan} ${spec.case} ends: ${outcome}`,
    },
    timeNs: nanoseconds(networkMs === null ? endedMs : startedMs + networkMs),
  }
}

/** How an instance ended, of measurement `outcomes`, tagged with it. */
export function outcomePoint(run: string, spec: RunSpec, instance: InstanceRecord): MetricPoint {
  const { outcome, reason, ending, seq } = instance
  return {
    measurement: 'outcomes',
    tags: { ...originTags(run, spec, instance), outcome },
    fields: { seq, duration_ms: ending.endedMs - ending.startedMs, reason },
    timeNs: nanoseconds(ending.endedMs),
  }
}

/** An event that an instance told, of measurement `events`: tagged with its kind and, for stages, its name. */
export function eventPoint(event: ToldEvent, origin: MetricPoint['tags']): MetricPoint | null {
  const { kind, name, text, timeNs } = event
  if (timeNs === null || kind === 'line') return null
  const tags = { ...origin, kind, ...(name === null ? {} : { name }) }
  return { measurement: 'events', tags, fields: { count: 1, ...(text === '' ? {} : { text }) }, timeNs }
}
