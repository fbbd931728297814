import { type Problem, unknownName } from '../problems.ts'
import type { Reader } from '../reader.ts'
import { nats, type Reach } from './life.ts'
import { plainReach } from './plain.ts'
import { readDuration } from './read-duration.ts'

/** Reads the table `reach` of a group. */
export function readReach(group: Reader, problems: Problem[]): Reach {
  const read = group.inner('reach')
  if (read === undefined) return plainReach
  const reach = {
    nat: readNat(read, problems),
    behind: read.number('behind', { min: 1, whole: true }) ?? plainReach.behind,
    acceptsShare: read.number('accepts_share', { min: 0, max: 1 }) ?? plainReach.acceptsShare,
    openMs: readDuration(read, 'open_secs', { least: 'above zero', problems }),
    closedMs: readDuration(read, 'closed_secs', { least: 'above zero', problems }),
  }
  if (reach.nat === 'none' && reach.behind > 1)
    problems.push({
      where: read.where('behind'),
      what: `is ${reach.behind} without a router; write nat = "single" too, or remove it`,
    })
  for (const [key, other] of [
    ['open_secs', 'closed_secs'],
    ['closed_secs', 'open_secs'],
  ] as const)
    if (read.value(key) !== undefined && read.value(other) === undefined)
      problems.push({ where: read.where(other), what: `is missing beside ${read.name(key)}; write both, or none` })
  problems.push(...read.unknown())
  return reach
}

function readNat(read: Reader, problems: Problem[]): Reach['nat'] {
  const given = read.text('nat') ?? plainReach.nat
  const nat = nats.find((name) => name === given)
  if (nat === undefined)
    problems.push({
      where: read.where('nat'),
      ...unknownName(`nat "${given}"`, given, { names: nats, of: 'values of nat' }),
    })
  return nat ?? plainReach.nat
}
