import { shown } from '../params.ts'
import type { Problem } from '../problems.ts'
import type { Reader } from '../reader.ts'
import type { Resources } from './packaging.ts'

export const noResources: Resources = { memoryBytes: null, cpus: null }

const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** A quantity as Kubernetes writes it: `128Mi`, `0.5`, `500m`; null for what is none, or is not above 0. */
export function quantity(text: string): number | null {
  const [, digits = '', unit = ''] = /^(\d+\.?\d*|\.\d+)([A-Za-z]*)$/.exec(text.trim()) ?? []
  const factor = factors[unit]
  if (digits === '' || factor === undefined) return null
  const value = Number(digits) * factor
  return value > 0 ? value : null
}

/** Reads `resources` of a group. */
export function readResources(group: Reader, problems: Problem[]): Resources {
  const read = group.inner('resources')
  if (read === undefined) return noResources
  const amount = (key: string, wanted: string): number | null => {
    const given = read.value(key)
    if (given === undefined || given === '') return null
    const value = typeof given === 'string' || typeof given === 'number' ? quantity(String(given)) : null
    if (value === null) problems.push({ where: read.where(key), what: `is ${shown(given)}; write ${wanted}` })
    return value
  }
  const memory = amount('memory', 'memory = "128Mi"')
  const resources = {
    memoryBytes: memory === null ? null : Math.ceil(memory),
    cpus: amount('cpu', 'cpu = "0.5" or "500m"'),
  }
  problems.push(...read.unknown())
  return resources
}

/** Resources as the nearer place says them, each that it does not say as the farther one does. */
export function overResources(near: Resources, far: Resources): Resources {
  return { memoryBytes: near.memoryBytes ?? far.memoryBytes, cpus: near.cpus ?? far.cpus }
}
