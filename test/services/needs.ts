import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Need } from '../suite.ts'

/** Path of a program on PATH, or null. */
function onPath(...names: readonly string[]): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of names) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name)
  return null
}

export const chromiumPath = (): string | null => onPath('chromium', 'chromium-browser', 'google-chrome')
export const chromium: Need = { name: 'chromium', found: chromiumPath }
export const redisServerPath = (): string | null => onPath('redis-server')
export const redisServer: Need = { name: 'redis-server', found: redisServerPath }

/** Where `.ci/run` keeps what it builds. */
const ciCache = process.env.HOPLAB_CI_CACHE ?? join(homedir(), '.cache/hoplab-ci')
const built = (path: string): string | null => (existsSync(path) ? path : null)

export const influx16Path = (): string | null => onPath('influxd')
export const influx16: Need = { name: 'influxd 1.6', found: influx16Path }
export const influx18Path = (): string | null => built(join(ciCache, 'influxd-1.8.10/influxd'))
export const influx18: Need = { name: 'influxd 1.8', found: influx18Path }
export const victoriaPath = (): string | null => onPath('victoria-metrics')
export const victoria: Need = { name: 'victoria-metrics', found: victoriaPath }

/** Path of an S3 server of this make, or null. */
export const s3ServerPath = (make: string): string | null => built(join(ciCache, 'bin', make)) ?? onPath(make)
