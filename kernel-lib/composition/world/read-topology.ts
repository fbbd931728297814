import { type Problem, unknownName } from '../problems.ts'
import type { Reader } from '../reader.ts'
import { readDuration, readMoment } from './read-duration.ts'
import { readRegions } from './read-regions.ts'
import type { Outage, Partition, Side, Topology } from './topology.ts'

/** What a topology is read beside. */
export interface TopologyOptions {
  /** Ids of the composition's groups. */
  readonly ids: readonly string[]
  readonly problems: Problem[]
}

/** Reads of the table `network` what differs from link to link: a distribution of `latency_ms`, `regions`, `partitions` and `outages`. */
export function readTopology(link: Reader, options: TopologyOptions): Topology {
  const { problems } = options
  const latency = readDuration(link, 'latency_ms', { least: 'zero', problems })
  const regions = readRegions(link, problems)
  if (regions !== null && link.value('latency_ms') !== undefined)
    problems.push({
      where: link.where('latency_ms'),
      what: 'stands beside regions, which have latencies of their own; write one of them',
    })
  return {
    pairLatency: latency === null || latency.kind === 'constant' ? null : latency,
    regions,
    partitions: link.inners('partitions', { kind: 'a partition' }).map((one) => readPartition(one, options)),
    outages: link.inners('outages', { kind: 'an outage' }).map((one) => readOutage(one, options)),
  }
}

function readPartition(read: Reader, options: TopologyOptions): Partition {
  const side = readSide(read, options)
  if (side.groups.length > 0 && options.ids.every((id) => side.groups.includes(id)))
    options.problems.push({
      where: read.where('groups'),
      what: 'names every group, which leaves none on the other side; write some of them, or a share',
    })
  const partition = { ...side, from: readMoment(read, options.problems), forMs: readMs(read, 'for_secs') }
  options.problems.push(...read.unknown())
  return partition
}

function readOutage(read: Reader, options: TopologyOptions): Outage {
  const { problems } = options
  const side = readSide(read, options)
  const from = readMoment(read, problems)
  const [forMs, everyMs] = [readMs(read, 'for_secs'), readMs(read, 'every_secs')]
  if (everyMs !== null && (forMs ?? everyMs) >= everyMs) {
    const what = forMs === null ? 'never ends' : `lasts ${forMs / 1000} s`
    problems.push({
      where: read.where('every_secs'),
      what: `is ${everyMs / 1000}, and the outage ${what}; write ${read.where('for_secs').replace(/^.*\./, '')} below it`,
    })
  }
  problems.push(...read.unknown())
  return { ...side, from, forMs, everyMs }
}

function readMs(read: Reader, key: string): number | null {
  const seconds = read.number(key, { above: 0 })
  return seconds === undefined ? null : seconds * 1000
}

function readSide(read: Reader, { ids, problems }: TopologyOptions): Side {
  const groups = read.texts('groups') ?? []
  const share = read.number('share', { min: 0, max: 1 }) ?? null
  const [named, shared] = [read.value('groups') !== undefined, read.value('share') !== undefined]
  if (named && shared) problems.push({ where: read.where('share'), what: 'stands beside groups; write one of them' })
  if (!named && !shared)
    problems.push({ where: read.where('groups'), what: 'is missing, and so is share; write one of them' })
  if (Array.isArray(read.value('groups')) && groups.length === 0 && read.texts('groups') !== undefined)
    problems.push({ where: read.where('groups'), what: 'is empty; write the ids of groups, or a share' })
  for (const id of groups.filter((one) => !ids.includes(one)))
    problems.push({ where: read.where('groups'), ...unknownName(`group "${id}"`, id, { names: ids, of: 'groups' }) })
  return { groups, share: named ? null : share }
}
