import { existsSync } from 'node:fs'
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
