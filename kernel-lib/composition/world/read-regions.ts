import { shown } from '../params.ts'
import type { Problem } from '../problems.ts'
import type { Reader } from '../reader.ts'
import type { Regions } from './topology.ts'

/** How far from 1 shares may sum: 0.333 three times is near enough. */
const slack = 0.0015

/** Reads the table `regions` of a network; null where there is none. Shares are equal where none are given, and made to sum to 1 where they nearly do. */
export function readRegions(link: Reader, problems: Problem[]): Regions | null {
  const read = link.inner('regions')
  if (read === undefined) return null
  const names = readNames(read, problems)
  const regions = {
    names,
    latencyMs: readMatrix(read, { names, problems }),
    shares: readShares(read, { names, problems }),
  }
  problems.push(...read.unknown())
  return regions
}

interface Named {
  readonly names: readonly string[]
  readonly problems: Problem[]
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

function readNames(read: Reader, problems: Problem[]): readonly string[] {
  const names = read.texts('names') ?? []
  const where = read.where('names')
  if (read.value('names') === undefined || (names.length === 0 && read.texts('names') !== undefined))
    problems.push({ where, what: 'there is none; write names = ["eu", "us"], or file = "matrix.csv"' })
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index)))
    problems.push({ where, what: `"${name}" stands more than once; give each region a name of its own` })
  if (names.includes('')) problems.push({ where, what: 'holds an empty text; give each region a name' })
  return names
}

function readMatrix(read: Reader, { names, problems }: Named): Regions['latencyMs'] {
  const where = read.where('latency_ms')
  const given = read.value('latency_ms')
  const size = names.length
  const wanted = `write ${counted(size, 'row')} of ${counted(size, 'number')}, ms one way, in the order of names`
  if (given === undefined) {
    if (size > 0) problems.push({ where, what: `is missing; ${wanted}` })
    return []
  }
  if (!Array.isArray(given) || given.some((row) => !Array.isArray(row))) {
    problems.push({ where, what: `is ${Array.isArray(given) ? 'no list of lists' : shown(given)}; ${wanted}` })
    return []
  }
  if (given.length !== size && size > 0)
    problems.push({ where, what: `has ${counted(given.length, 'row')} for ${counted(size, 'name')}; ${wanted}` })
  for (const [at, row] of given.entries()) {
    if (row.length !== size && size > 0)
      problems.push({
        where: `${where}[${at}]`,
        what: `has ${counted(row.length, 'number')} for ${counted(size, 'name')}; ${wanted}`,
      })
    const wrong = row.findIndex((ms: unknown) => typeof ms !== 'number' || !(ms >= 0) || !Number.isFinite(ms))
    if (wrong !== -1)
      problems.push({
        where: `${where}[${at}][${wrong}]`,
        what: `is ${shown(row[wrong])}; write a number of at least 0`,
      })
  }
  return given
}

function readShares(read: Reader, { names, problems }: Named): readonly number[] {
  const shares = read.numbers('shares', { min: 0, max: 1 })
  if (shares === undefined) return names.map(() => 1 / names.length)
  const where = read.where('shares')
  if (shares.length !== names.length) {
    problems.push({
      where,
      what: `has ${counted(shares.length, 'number')} for ${counted(names.length, 'name')}; write one for each`,
    })
    return shares
  }
  const sum = shares.reduce((all, share) => all + share, 0)
  if (Math.abs(sum - 1) > slack)
    problems.push({ where, what: `sum to ${Number(sum.toPrecision(6))}; write shares that sum to 1` })
  return Math.abs(sum - 1) > 1e-9 && sum > 0 ? shares.map((share) => share / sum) : shares
}
