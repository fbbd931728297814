import type { Problem } from '../problems.ts'
import type { Reader } from '../reader.ts'
import { readBuilder, readSources } from './build.ts'
import type { Build, Settings } from './packaging.ts'

/** Reads `builder` and `[build]` of a composition of ours, at its top or of a group. */
export function readBuild(read: Reader, problems: Problem[]): Build {
  const build = read.inner('build')
  const said = {
    builder: readBuilder(read, problems),
    ...readSources(build, problems),
    config: build?.table('config') ?? {},
  }
  problems.push(...(build?.unknown() ?? []))
  return said
}

/** Reads the settings of runners in a composition of ours, by runner and by Testground's names. */
export function readSettings(read: Reader, problems: Problem[]): Readonly<Record<string, Settings>> {
  const docker = read.inner('docker')
  if (docker === undefined) return {}
  const settings = Object.entries({
    base_image: docker.text('base_image'),
    ulimits: docker.texts('ulimits'),
    exposed_ports: docker.table('exposed_ports'),
    instances_per_container: docker.number('instances_per_container', { min: 1, whole: true }),
  }).filter(([, value]) => value !== undefined)
  problems.push(...docker.unknown())
  return { docker: Object.fromEntries(settings) }
}
