import type { Problem } from '../problems.ts'
import type { Reader } from '../reader.ts'
import type { Crashes, Life } from './life.ts'
import { plainLife } from './plain.ts'
import { readDuration, readMoment } from './read-duration.ts'

/** Reads the table `life` of a group. */
export function readLife(group: Reader, problems: Problem[]): Life {
  const read = group.inner('life')
  if (read === undefined) return plainLife
  const life: Life = {
    join: readDuration(read, 'join_secs', { least: 'zero', problems }) ?? plainLife.join,
    session: readDuration(read, 'session_secs', { least: 'above zero', problems }),
    down: readDuration(read, 'down_secs', { least: 'zero', problems }),
    crashes: readCrashes(read, problems),
    from: readMoment(read, problems),
    newAddress: read.flag('new_address') ?? plainLife.newAddress,
    silent: read.flag('silent') ?? plainLife.silent,
  }
  problems.push(...idle(read, life), ...read.unknown())
  return life
}

function readCrashes(read: Reader, problems: Problem[]): Crashes | null {
  const share = read.number('crash_share', { min: 0, max: 1 })
  const every = read.number('crash_every_secs', { above: 0 })
  for (const [key, other] of [
    ['crash_share', 'crash_every_secs'],
    ['crash_every_secs', 'crash_share'],
  ] as const)
    if (read.value(key) !== undefined && read.value(other) === undefined)
      problems.push({ where: read.where(other), what: `is missing beside ${read.name(key)}; write both, or none` })
  return share === undefined || every === undefined ? null : { share, everyMs: every * 1000 }
}

/** What is said of crashes where there is none, and of a return where nobody returns. */
function idle(read: Reader, life: Life): readonly Problem[] {
  const given = (key: string): boolean => read.value(key) !== undefined
  const crashes = ['session_secs', 'crash_share', 'crash_every_secs'].some(given)
  const instead = `write ${read.name('session_secs')} or ${read.name('crash_share')} too, or remove it`
  const told = [
    given('down_secs') && 'down_secs',
    life.from.stage !== null && 'from_stage',
    life.from.ms > 0 && 'from_secs',
    life.silent && 'silent',
  ].filter((key) => key !== false)
  return [
    ...(crashes
      ? []
      : told.map((key) => ({ where: read.where(key), what: `stands where nothing crashes; ${instead}` }))),
    ...(life.newAddress && !given('down_secs')
      ? [
          {
            where: read.where('new_address'),
            what: `stands where nobody comes back; write ${read.name('down_secs')} too, or remove it`,
          },
        ]
      : []),
  ]
}
