import { shown } from '../params.ts'
import { type Problem, unknownName } from '../problems.ts'
import type { Bounds, Reader } from '../reader.ts'
import { isTable } from '../toml.ts'
import type { Duration, Moment } from './duration.ts'

/** What a time may be: any, also negative; from 0; or not always 0. */
export interface DurationOptions {
  readonly least: 'any' | 'zero' | 'above zero'
  readonly problems: Problem[]
}

interface Times extends DurationOptions {
  readonly bounds: Bounds
  /** Milliseconds in one of the key's unit. */
  readonly unitMs: number
}

const above: Bounds = { above: 0 }
const bounds: Readonly<Record<DurationOptions['least'], Bounds>> = { any: {}, zero: { min: 0 }, 'above zero': above }

const distributions: Readonly<Record<string, (read: Reader, times: Times) => Duration | null>> = {
  uniform: readUniform,
  exponential: (read, times) => {
    const mean = needed(read, 'mean', { ...times, bounds: above })
    return mean === null ? null : { kind: 'exponential', meanMs: mean * times.unitMs }
  },
  lognormal: (read, times) => {
    const median = needed(read, 'median', { ...times, bounds: above })
    const sigma = needed(read, 'sigma', { ...times, bounds: { min: 0 } })
    return median === null || sigma === null ? null : { kind: 'lognormal', medianMs: median * times.unitMs, sigma }
  },
  weibull: (read, times) => {
    const scale = needed(read, 'scale', { ...times, bounds: above })
    const shape = needed(read, 'shape', { ...times, bounds: above })
    return scale === null || shape === null ? null : { kind: 'weibull', scaleMs: scale * times.unitMs, shape }
  },
  recorded: readRecorded,
}

/**
 * Reads a time: a number, or a table with `distribution` and its numbers; all in the unit that the key ends in, `_secs` or
 * `_ms`.
 *
 * @returns Null where there is none, or a wrong one, of which the problems tell.
 */
export function readDuration(read: Reader, key: string, options: DurationOptions): Duration | null {
  const given = read.value(key)
  if (given === undefined) return null
  const times = { ...options, bounds: bounds[options.least], unitMs: key.endsWith('_secs') ? 1000 : 1 }
  const inner = isTable(given) ? read.inner(key) : undefined
  if (inner === undefined) {
    const ms = typeof given === 'number' ? read.number(key, times.bounds) : undefined
    if (typeof given !== 'number')
      options.problems.push({
        where: read.where(key),
        what: `is ${shown(given)}; write a number, or { distribution = "uniform", from = 1, to = 9 }`,
      })
    return ms === undefined ? null : { kind: 'constant', ms: ms * times.unitMs }
  }
  return readDistribution(inner, times)
}

function readDistribution(read: Reader, times: Times): Duration | null {
  const name = read.text('distribution')
  const known = name !== undefined && Object.hasOwn(distributions, name) ? distributions[name] : undefined
  if (known === undefined) {
    const all = { names: Object.keys(distributions), of: 'distributions' }
    const what = read.value('distribution') === undefined ? 'is missing; write distribution = "uniform"' : null
    if (what !== null) times.problems.push({ where: read.where('distribution'), what })
    else if (name !== undefined)
      times.problems.push({ where: read.where('distribution'), ...unknownName(`distribution "${name}"`, name, all) })
    return null
  }
  const found = known(read, times)
  times.problems.push(...read.unknown())
  return found
}

function needed(read: Reader, key: string, { bounds, problems }: Times): number | null {
  if (read.value(key) === undefined)
    problems.push({ where: read.where(key), what: `is missing; write ${key} = ${bounds.above === undefined ? 0 : 1}` })
  return read.number(key, bounds) ?? null
}

function readUniform(read: Reader, times: Times): Duration | null {
  const lower = times.least === 'any' ? {} : { min: 0 }
  const from = needed(read, 'from', { ...times, bounds: lower })
  const to = needed(read, 'to', times)
  if (from === null || to === null) return null
  if (to < from)
    times.problems.push({ where: read.where('to'), what: `is ${to}, below from (${from}); write the larger one as to` })
  return { kind: 'uniform', fromMs: from * times.unitMs, toMs: to * times.unitMs }
}

function readRecorded(read: Reader, times: Times): Duration | null {
  const lower = times.least === 'any' ? {} : { min: 0 }
  if (read.value('values') === undefined)
    times.problems.push({
      where: read.where('values'),
      what: 'is missing; write values = [1, 2.5], or file = "times.csv" and column = "name"',
    })
  const values = read.numbers('values', lower)
  if (values === undefined) return null
  if (values.length === 0 || (times.least === 'above zero' && values.every((value) => value === 0)))
    times.problems.push({
      where: read.where('values'),
      what: `${values.length === 0 ? 'has no number' : 'are all 0'}; write times that were measured`,
    })
  return { kind: 'recorded', ms: values.map((value) => value * times.unitMs) }
}

/** Reads `from_stage` and `from_secs`; where both are absent the run's beginning. */
export function readMoment(read: Reader, problems: Problem[]): Moment {
  const stage = read.text('from_stage') ?? null
  if (stage === '')
    problems.push({ where: read.where('from_stage'), what: 'is empty; write the name of a stage, or remove it' })
  return { stage, ms: (read.number('from_secs', { min: 0 }) ?? 0) * 1000 }
}
