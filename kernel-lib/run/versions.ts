import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from '../harness/harness.ts'
import type { RunRecord } from './record.ts'

interface Package {
  readonly name?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** Versions by name: node, hoplab, the plan, and what the plan's package depends on, directly or through packages of ours. */
export function versionsOf(plan: Plan): RunRecord['versions'] {
  const own = packageOf(dirname(fileURLToPath(import.meta.url)))
  const program = existsSync(join(plan.folder, 'package.json')) ? packageOf(plan.folder) : null
  return {
    node: process.versions.node,
    hoplab: own?.version ?? 'unknown',
    plan: program?.version ?? 'unknown',
    ...(program === null ? {} : dependenciesOf(program, plan.folder)),
  }
}

function dependenciesOf(from: Package, folder: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of Object.keys(from.dependencies ?? {})) {
    const place = installed(name, folder)
    const dependency = place === null ? null : readPackage(place)
    found[name] = dependency?.version ?? 'unknown'
    if (place !== null && dependency !== null && name.startsWith('@hoplab/'))
      Object.assign(found, dependenciesOf(dependency, place))
  }
  return found
}

function installed(name: string, from: string): string | null {
  const place = join(from, 'node_modules', name)
  if (existsSync(join(place, 'package.json'))) return place
  return dirname(from) === from ? null : installed(name, dirname(from))
}

function packageOf(folder: string): Package | null {
  const found = readPackage(folder)
  if (found !== null) return found
  return dirname(folder) === folder ? null : packageOf(dirname(folder))
}

function readPackage(folder: string): Package | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return null
  }
}
