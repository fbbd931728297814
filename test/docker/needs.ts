import { execFileSync, spawnSync } from 'node:child_process'
import type { Need } from '../suite.ts'

let found: boolean | undefined

/** A Docker engine that answers. */
export const engine: Need = {
  name: 'docker',
  found: () => {
    found ??= answers()
    return found
  },
}

function answers(): boolean {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

const succeeds = (program: string, words: readonly string[]): boolean =>
  spawnSync(program, words, { stdio: 'ignore', timeout: 20_000 }).status === 0

/** Docker Compose, of either generation. */
export const compose: Need = {
  name: 'docker-compose',
  found: () => succeeds('docker', ['compose', 'version']) || succeeds('docker-compose', ['version']),
}
